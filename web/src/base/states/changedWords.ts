import { de } from "./changedWords.de";
import { en } from "./changedWords.en";

export const changedWords = { en, de };
