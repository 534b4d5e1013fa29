import { channelUseOf, OPTIONS, type QuestionName } from "../questions";

/** Everything that was chosen: all journeys. */
export const EVERY = "every?";

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

/** What a question was asked with, as far as its numbers are found by it. */
export function askedOf(question: QuestionName, params: URLSearchParams): Record<string, string | readonly string[]> {
  const said = OPTIONS[question].filter((each) => each.name !== "top" && params.has(each.name));
  const asked = Object.fromEntries(
    said.map(({ name, kind }) => [name, MANY.has(kind) ? params.getAll(name) : (params.get(name) ?? "")]),
  );
  const channels = params.getAll("channels");
  return channelUseOf(question) === "told_of" && channels.length > 0 ? { ...asked, channels } : asked;
}

const MANY: ReadonlySet<string> = new Set(["touchpoints", "channels", "teams", "fields"]);

/** A value as it is written in a condition. */
export function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
