import { now } from "./api/clock";
import type { Language } from "./words";

/** The day by the clock of a time zone: `2026-11-22`. */
export function todayIn(zone: string, at: Date = now()): string {
  const written = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return written.format(at);
}

/** A day as a person reads it, without a clock: `2026-11-22` → `22 Nov 2026` or `22.11.2026`. */
export function dayText(day: string, language: Language): string {
  const locale = language === "en" ? "en-GB" : "de-DE";
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}

/** A day as a person writes it: `22.11.2026`, `22/11/2026`, `22 Nov 2026`, `2026-11-22`; null for what is no day. */
export function dayOf(said: string, language: Language): string | null {
  const parts =
    said
      .trim()
      .toLocaleLowerCase(language)
      .match(/[\p{L}\d]+/gu) ?? [];
  const [first, second, third] = parts;
  if (first === undefined || second === undefined || third === undefined || parts.length > 3) return null;
  const [year, month, day] = /^\d{4}$/.test(first) ? [first, second, third] : [third, second, first];
  return valid(year, /^\d+$/.test(month) ? Number(month) : monthNamed(month, language), day);
}

function monthNamed(name: string, language: Language): number {
  const named = new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" });
  const months = Array.from({ length: 12 }, (_, month) =>
    named.format(Date.UTC(2026, month, 1)).toLocaleLowerCase(language),
  );
  return name.length < 3 ? 0 : months.findIndex((each) => each.startsWith(name)) + 1;
}

function valid(year: string, month: number, day: string): string | null {
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(day)) return null;
  const found = new Date(Date.UTC(Number(year), month - 1, Number(day)));
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === Number(day)
    ? found.toISOString().slice(0, 10)
    : null;
}
