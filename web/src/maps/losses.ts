/** So many things of a kind that a format cannot hold. */
export interface Loss {
  readonly what: string;
  readonly count: number;
}

/** `bindings: 12 · tasks of solutions: 1`; kinds are named in the plural, whatever their number. */
export function lossText(losses: readonly Loss[]): string {
  return losses.map((each) => `${each.what}: ${String(each.count)}`).join(" · ");
}

/** What the header X-Losses of a download says. */
export function lossesFrom(header: string | null): readonly Loss[] {
  if (header === null) return [];
  return JSON.parse(header) as readonly Loss[];
}
