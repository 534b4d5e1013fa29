import type { ComparisonAnswer, GroupAskedAnswer } from "../../base/api/schema.gen";
import { askedOf, completed } from "../behind/number";
import type { Explore } from "../explore";
import { isComparedWithOptions } from "../questions";

/** A number that needs both groups: its clusters were found in them together. */
const SHARED = "shared_cluster";
const CHOOSING = ["period", "where", "segment", "not_segment", "journey"] as const;

type Groups = readonly GroupAskedAnswer[];
type Asked = ReturnType<typeof askedOf>;

/** One of the two groups of a comparison. */
export type Side = 0 | 1;

/** The journeys behind a number in one of the groups; undefined where there are no such journeys. */
export type OpenedIn = (number: string, side: Side) => string | undefined;

/** Finds the journeys of a group: chosen as it is, asked as the question is. */
export function openedIn(answer: ComparisonAnswer, { question, params }: Explore): OpenedIn {
  const asked = isComparedWithOptions(question) ? askedOf(question, params) : {};
  return (number, side) => {
    const { groups } = answer;
    return number === "" || groups?.[side] === undefined ? undefined : ofGroup(number, groups, asked, side);
  };
}

function ofGroup(number: string, groups: Groups, asked: Asked, side: Side): string {
  const [kind = "", query = ""] = completed(number, asked).split("?");
  const said = new URLSearchParams(query);
  const group = groups[side];
  for (const name of CHOOSING) said.set(name, group?.[name] ?? "");
  if (group?.begun) said.set("begun", group.begun);
  if (kind === SHARED) {
    for (const name of CHOOSING) said.set(`with_${name}`, groups[side === 0 ? 1 : 0]?.[name] ?? "");
    said.set("second", String(side === 1));
  }
  said.set("group_of", String(side + 1));
  return `${kind}?${said.toString()}`;
}

/** The journeys of all customers of a group. */
export function everyOf(question: Explore["question"]): string {
  if (question === "retention") return "cohort?that=started";
  return question === "survival" ? "event?that=started" : "every?";
}
