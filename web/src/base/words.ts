import { createContext, use } from "react";

/** The languages of the interface; English is the source, the others have the same keys by type. */
export type Language = "en" | "de";

export const LANGUAGES: readonly { readonly code: Language; readonly name: string }[] = [
  { code: "en", name: "English" },
  { code: "de", name: "Deutsch" },
];

/** The strings of one part of the interface, in every language. A string with a number or a name in it is a function. */
export type Catalogue<Words> = Readonly<Record<Language, Words>>;

export const LanguageContext = createContext<Language>("en");

export function useLanguage(): Language {
  return use(LanguageContext);
}

/** The strings of a catalogue in the language of the person. */
export function useWords<Words>(catalogue: Catalogue<Words>): Words {
  return catalogue[useLanguage()];
}
