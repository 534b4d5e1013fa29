/** What a mark of a chart is drawn from, as Vega hands it out. */
export interface Mark {
  readonly datum?: unknown;
  readonly mark?: { readonly marktype?: string };
}

/** Marks that are one for many rows: which of them is meant cannot be told. */
const OF_MANY: ReadonlySet<string> = new Set(["line", "area", "trail", "group"]);

/** The number whose journeys a mark opens, as the server says it; undefined where it has none. */
export function behindOf(item: Mark | null | undefined): string | undefined {
  if (item === null || item === undefined || OF_MANY.has(item.mark?.marktype ?? "")) return undefined;
  return saidIn(item.datum);
}

/** Whether a mark of a specification opens journeys. */
export function opensAny(specification: unknown): boolean {
  if (typeof specification !== "object" || specification === null) return false;
  return saidIn(specification) !== undefined || Object.values(specification).some(opensAny);
}

function saidIn(row: unknown): string | undefined {
  if (typeof row !== "object" || row === null || !("behind" in row)) return undefined;
  return typeof row.behind === "string" ? row.behind : undefined;
}
