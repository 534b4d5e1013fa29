/** A day as `2026-03-31`. */
export type Day = string;

/** The day of a moment by the clock of a zone. */
export function dayIn(moment: string, zone: string): Day {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(
    new Date(moment),
  );
}

/** A day so many days later. */
export function plusDays(day: Day, days: number): Day {
  const moment = new Date(`${day}T12:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + days);
  return moment.toISOString().slice(0, 10);
}

/** The first day of the month so many months later. */
export function monthStart(day: Day, months: number): Day {
  const moment = new Date(`${day.slice(0, 7)}-01T12:00:00Z`);
  moment.setUTCMonth(moment.getUTCMonth() + months);
  return moment.toISOString().slice(0, 10);
}

/** How many days a period has, both ends counted. */
export function lengthOf(first: Day, last: Day): number {
  return Math.round((Date.parse(`${last}T12:00:00Z`) - Date.parse(`${first}T12:00:00Z`)) / 86_400_000) + 1;
}

/** The first and last day of a period such as `2026-01-01..2026-03-31`; undefined where it is open or no pair of days. */
export function daysOf(period: string | null): readonly [Day, Day] | undefined {
  const found = /^(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})$/.exec(period ?? "");
  return found?.[1] === undefined || found[2] === undefined ? undefined : [found[1], found[2]];
}

/** The period of the same length right before. */
export function periodBefore(period: string): string | undefined {
  const days = daysOf(period);
  if (days === undefined) return undefined;
  const [first, last] = days;
  return `${plusDays(first, -lengthOf(first, last))}..${plusDays(first, -1)}`;
}

/** The periods that are offered, by the last day of the record. */
export function presets(last: Day): readonly { readonly key: string; readonly period: string }[] {
  const back = (days: number) => `${plusDays(last, 1 - days)}..${last}`;
  return [
    { key: "7", period: back(7) },
    { key: "28", period: back(28) },
    { key: "90", period: back(90) },
    { key: "month", period: `${monthStart(last, 0)}..${last}` },
    { key: "year", period: `${last.slice(0, 4)}-01-01..${last}` },
  ];
}
