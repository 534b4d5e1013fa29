import type { Catalogue } from "../base/words";
import { de } from "./words.de";
import { type EvidenceWords, en } from "./words.en";

export const evidenceWords: Catalogue<EvidenceWords> = { en, de };
