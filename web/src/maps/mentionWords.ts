import { de } from "./mentionWords.de";
import { en } from "./mentionWords.en";

/** By themselves, as Home shows mentions too, and the words of maps are no part of the first load. */
export const mentionWords = { en, de };
