/** How stale a map is, in a word. */
export type StalenessKind = "fresh" | "aging" | "stale";

/** The word for a staleness from 0 to 1; the same on every page. */
export function stalenessKind(value: number): StalenessKind {
  if (value > 0.5) return "stale";
  return value > 0.2 ? "aging" : "fresh";
}
