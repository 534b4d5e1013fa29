import type { Catalogue } from "../base/words";
import { de } from "./words.de";
import { type AccountsWords, en } from "./words.en";

export const accountsWords: Catalogue<AccountsWords> = { en, de };
