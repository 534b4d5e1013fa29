/** Entries of one day, in the order in which they came. */
export interface Day<Entry> {
  /** `2026-05-17`, in the time zone that was asked for. */
  readonly day: string;
  readonly entries: readonly Entry[];
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
