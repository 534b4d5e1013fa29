import { useLanguage } from "../base/words";

/** How a day such as `2026-12-25` is written; it is the same day in every time zone. */
export function useDayText(): (day: string) => string {
  const language = useLanguage();
  const written = new Intl.DateTimeFormat(language === "en" ? "en-GB" : "de-DE", {
    dateStyle: "medium",
    timeZone: "UTC",
  });
  return (day) => written.format(new Date(`${day}T00:00:00Z`));
}
