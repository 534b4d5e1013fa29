/** Entries of one day, in the order in which they came. */
export interface Day<Entry> {
  /** `2026-05-17`, in the time zone that was asked for. */
  readonly day: string;
  readonly entries: readonly Entry[];
}

/** From how many days on a silence is worth a word: nobody knows what happened in it. */
const LONG_SILENCE_DAYS = 30;
const DAY_MS = 86_400_000;

/** For how many whole days nothing was seen between two moments; undefined where that is no long silence. */
export function silenceBetween(newer: string, older: string): number | undefined {
  const days = Math.floor((Date.parse(newer) - Date.parse(older)) / DAY_MS);
  return days >= LONG_SILENCE_DAYS ? days : undefined;
}

/** Entries, newest first, by day of a time zone. */
export function byDay<Entry extends { readonly occurred_at: string }>(
  entries: readonly Entry[],
  zone: string,
): readonly Day<Entry>[] {
  const days: { day: string; entries: Entry[] }[] = [];
  const write = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" });
  for (const entry of entries) {
    const day = write.format(new Date(entry.occurred_at));
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}
