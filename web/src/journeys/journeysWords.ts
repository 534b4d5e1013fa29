import type { Catalogue } from "../base/words";
import { de } from "./words.de";
import { en, type JourneysWords } from "./words.en";

export const journeysWords: Catalogue<JourneysWords> = { en, de };
