import type { Catalogue } from "../../base/words";
import { de } from "./words.de";
import { type DefinitionsWords, en } from "./words.en";

export const definitionsWords: Catalogue<DefinitionsWords> = { en, de };
