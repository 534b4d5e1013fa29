import { de } from "./words.de";
import { en } from "./words.en";

export const unsavedWords = { en, de };
