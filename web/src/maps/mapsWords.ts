import type { Catalogue } from "../base/words";
import { de } from "./words.de";
import { en, type MapsWords } from "./words.en";

export const mapsWords: Catalogue<MapsWords> = { en, de };
