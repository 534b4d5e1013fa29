/** So many things of a kind that a format cannot hold. */
export interface Loss {
  readonly what: string;
  readonly count: number;
}

/** `12 bindings, 3 tasks of solutions`. */
export function lossText(losses: readonly Loss[]): string {
  return losses.map((each) => `${String(each.count)} ${each.what}`).join(", ");
}

/** What the header X-Losses of a download says. */
export function lossesFrom(header: string | null): readonly Loss[] {
  if (header === null) return [];
  return JSON.parse(header) as readonly Loss[];
}
