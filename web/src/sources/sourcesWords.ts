import type { Catalogue } from "../base/words";
import { de } from "./words.de";
import { en, type SourcesWords } from "./words.en";

export const sourcesWords: Catalogue<SourcesWords> = { en, de };
