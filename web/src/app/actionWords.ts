import { de } from "./actionWords.de";
import { en } from "./actionWords.en";

export const actionWords = { en, de };
