import type { Catalogue } from "../base/words";
import { de } from "./words.de";
import { en, type HomeWords } from "./words.en";

export const homeWords: Catalogue<HomeWords> = { en, de };
