import { useLocalStorage } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useLayoutEffect, useRef } from "react";
import { askAgain } from "./api/askAgain";
import { LANGUAGES, type Language, LanguageContext } from "./words";

/** Under this name the server finds the language, for everything that it writes: see docs/decisions/0014. */
const COOKIE = "desireline-language";
const YEAR_SECONDS = 31_536_000;

const ChooseContext = createContext<(language: Language) => void>(() => undefined);

/** The language that the person chose, at first that of the browser; what the server wrote in another one is asked for again. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, choose] = useLocalStorage<Language>({
    key: "desireline-language",
    defaultValue: ofBrowser(navigator.languages),
    getInitialValueInEffect: false,
  });
  const client = useQueryClient();
  const told = useRef(language);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    // biome-ignore lint/suspicious/noDocumentCookie: downloads and pictures carry nothing else to the server
    document.cookie = `${COOKIE}=${language}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    if (told.current !== language) void askAgain(client);
    told.current = language;
  }, [language, client]);
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
