/** The address of the journeys behind a number: its kind, and what it is, as the server's `behind` routes take them. */
export function numberOf(
  kind: string,
  said: Readonly<Record<string, string | number | boolean | readonly string[]>>,
): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(said)) {
    for (const each of Array.isArray(value) ? value : [value]) params.append(name, String(each));
  }
  return `${kind}?${params.toString()}`;
}

/** A condition that an interaction meets whose field is this. */
export function meeting(field: string, value: string | null | undefined): string | undefined {
  if (value === null || value === undefined) return undefined;
  return numberOf("meeting", { condition: `${field} = ${quoted(value)}` });
}

/** A value as it is written in a condition. */
export function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** The journeys behind a touchpoint, channel or team, by what an answer is grouped by. */
export function ofGroup(by: string, value: string | null | undefined): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (by === "touchpoint" || by === "channel") return numberOf("touchpoint", { name: value, by });
  return by === "team" || by === "agent" || by === "stage" ? meeting(by, value) : undefined;
}
