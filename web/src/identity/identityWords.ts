import type { Catalogue } from "../base/words";
import { de } from "./words.de";
import { en, type IdentityWords } from "./words.en";

export const identityWords: Catalogue<IdentityWords> = { en, de };

/** What a type of identifier is called; one of the company's own stays as it is written. */
export function typeName(words: IdentityWords, type: string): string {
  return words.types[type] ?? type;
}
