import type { Catalogue } from "./words";
import { de } from "./words.de";
import { type BaseWords, en } from "./words.en";

export const baseWords: Catalogue<BaseWords> = { en, de };
