import type { Catalogue } from "../../base/words";
import { de } from "./words.de";
import { type EditorWords, en } from "./words.en";

export const editorWords: Catalogue<EditorWords> = { en, de };
