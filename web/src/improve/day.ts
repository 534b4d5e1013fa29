import { useMemo } from "react";
import { useLanguage } from "../base/words";

/** Writes a day that has no clock, `2026-06-03` → `3 Jun 2026`. */
export function useDay(): (day: string) => string {
  const language = useLanguage();
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(language === "en" ? "en-GB" : "de-DE", {
      dateStyle: "medium",
      timeZone: "UTC",
    });
    return (day) => format.format(new Date(day));
  }, [language]);
}
