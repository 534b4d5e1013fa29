import type { ComparisonAnswer, GroupAskedAnswer } from "../../base/api/schema.gen";
import { askedOf } from "../behind/number";
import type { Explore } from "../explore";
import { COMPARED_BY } from "../questions";

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
const CHOOSING = ["period", "where", "segment", "not_segment", "journey"] as const;

/** One of the two groups of a comparison. */
export type Side = 0 | 1;

/** The journeys behind a number in one of the groups; undefined where there are no such journeys. */
export type OpenedIn = (number: string, side: Side) => string | undefined;

/** Finds the journeys of a group: chosen as it is, asked as the question is. */
export function openedIn(answer: ComparisonAnswer, { question, params }: Explore): OpenedIn {
  const asked = COMPARED_BY[question] === question ? askedOf(question, params) : {};
  return (number, side) => {
    const group = answer.groups?.[side];
    return number === "" || group === undefined ? undefined : ofGroup(number, group, asked, side);
  };
}

function ofGroup(
  number: string,
  group: GroupAskedAnswer,
  asked: Readonly<Record<string, string | readonly string[]>>,
  side: Side,
): string {
  const [kind = "", query = ""] = number.split("?");
  const said = new URLSearchParams(query);
  const options = WHOLE.has(kind) ? [] : Object.entries(asked).filter(([name]) => !said.has(name));
  for (const [name, value] of options) for (const each of [value].flat()) said.append(name, each);
  for (const name of CHOOSING) said.set(name, group[name] ?? "");
  if (group.begun !== null) said.set("begun", group.begun);
  said.set("group_of", String(side + 1));
  return `${kind}?${said.toString()}`;
}

/** The journeys of all customers of a group. */
export function everyOf(question: Explore["question"]): string {
  if (question === "retention") return "cohort?that=started";
  return question === "survival" ? "event?that=started" : "every?";
}
