import type { Catalogue } from "../base/words";
import { de } from "./words.de";
import { en, type ImproveWords } from "./words.en";

export const improveWords: Catalogue<ImproveWords> = { en, de };
