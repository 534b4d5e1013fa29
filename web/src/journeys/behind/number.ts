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

/** Numbers that are found by who and when alone, whatever else the question was asked with. */
const WHOLE: ReadonlySet<string> = new Set([
  "every",
  "outcome",
  "touchpoint",
  "move",
  "start",
  "end",
  "again",
  "shape",
  "variant",
  "meeting",
]);

type Asked = Readonly<Record<string, string | readonly string[]>>;

/** The address of a number as the server says it, with what it is found by of that with which its question was asked. */
export function completed(number: string, asked: Asked): string {
  const [kind = "", query = ""] = number.split("?");
  const said = new URLSearchParams(query);
  const options = WHOLE.has(kind) ? [] : Object.entries(asked).filter(([name]) => !said.has(name));
  for (const [name, value] of options) for (const each of [value].flat()) said.append(name, each);
  return `${kind}?${said.toString()}`;
}

const MANY: ReadonlySet<string> = new Set(["touchpoints", "channels", "teams", "fields"]);

/** A value as it is written in a condition. */
export function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
