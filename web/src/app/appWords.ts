import type { Catalogue } from "../base/words";
import { de } from "./words.de";
import { type AppWords, en } from "./words.en";

export const appWords: Catalogue<AppWords> = { en, de };
