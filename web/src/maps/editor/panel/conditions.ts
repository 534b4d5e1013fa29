/** The touchpoints that a condition names, where it does nothing else; undefined: it says more. */
export function touchpointsIn(where: string): readonly string[] | undefined {
  if (where.trim() === "") return [];
  const one = /^\s*touchpoint\s*=\s*(.+?)\s*$/s.exec(where)?.[1];
  if (one !== undefined) return readList(one, 1);
  const several = /^\s*touchpoint\s+in\s*\((.*)\)\s*$/s.exec(where)?.[1];
  return several === undefined ? undefined : readList(several);
}

/** The condition that one of some touchpoints meets; "" for none. */
export function conditionOf(touchpoints: readonly string[]): string {
  const quoted = touchpoints.map((each) => `'${each.replaceAll("'", "''")}'`);
  if (quoted.length === 0) return "";
  return quoted.length === 1 ? `touchpoint = ${quoted.join()}` : `touchpoint in (${quoted.join(", ")})`;
}

const ENTRY = /\s*(?:'((?:[^']|'')*)'|([\p{L}\p{N}_.-]+))\s*(,|$)/uy;

function readList(text: string, most = Number.POSITIVE_INFINITY): readonly string[] | undefined {
  const found: string[] = [];
  ENTRY.lastIndex = 0;
  while (ENTRY.lastIndex < text.length) {
    const entry = ENTRY.exec(text);
    if (entry === null || found.length >= most) return undefined;
    found.push(entry[1]?.replaceAll("''", "'") ?? entry[2] ?? "");
  }
  return found;
}
