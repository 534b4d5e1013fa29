import type { Language } from "../../base/words";

const days = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2023, 0, 1 + day)));
const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2023, month, 15)));

/** How Vega writes numbers, as the rest of the page does: `12,345.6`, `34 %`. */
export const NUMBERS = {
  en: { decimal: ".", thousands: ",", grouping: [3], currency: ["", ""], percent: "\u00a0%", minus: "\u2212" },
  de: { decimal: ",", thousands: ".", grouping: [3], currency: ["", "\u00a0€"], percent: "\u00a0%", minus: "\u2212" },
} as const satisfies Record<Language, unknown>;

/** How Vega writes days and moments. */
export const TIMES = { en: times("en-GB", "%d %b %Y"), de: times("de-DE", "%d.%m.%Y") };

function times(locale: string, date: string) {
  return {
    date,
    time: "%H:%M",
    dateTime: `${date}, %H:%M`,
    periods: ["AM", "PM"],
    days: names(locale, { weekday: "long" }, days),
    shortDays: names(locale, { weekday: "short" }, days),
    months: names(locale, { month: "long" }, months),
    shortMonths: names(locale, { month: "short" }, months),
  };
}

function names(locale: string, as: Intl.DateTimeFormatOptions, of: readonly Date[]): readonly string[] {
  const format = new Intl.DateTimeFormat(locale, { ...as, timeZone: "UTC" });
  return of.map((each) => format.format(each));
}
