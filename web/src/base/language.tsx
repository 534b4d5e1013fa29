import { useLocalStorage } from "@mantine/hooks";
import { createContext, type ReactNode, use, useEffect } from "react";
import { LANGUAGES, type Language, LanguageContext } from "./words";

const ChooseContext = createContext<(language: Language) => void>(() => undefined);

/** The language that the person chose, at first that of the browser. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, choose] = useLocalStorage<Language>({
    key: "desireline-language",
    defaultValue: ofBrowser(navigator.languages),
    getInitialValueInEffect: false,
  });
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <LanguageContext value={language}>
      <ChooseContext value={choose}>{children}</ChooseContext>
    </LanguageContext>
  );
}

export function useChooseLanguage(): (language: Language) => void {
  return use(ChooseContext);
}

/** The first language of the browser that the interface has; English where it has none. */
export function ofBrowser(wanted: readonly string[]): Language {
  const known = wanted.map((each) => each.slice(0, 2)).find((each) => LANGUAGES.some(({ code }) => code === each));
  return (known as Language | undefined) ?? "en";
}
