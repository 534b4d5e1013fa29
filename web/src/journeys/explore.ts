import { useCallback, useMemo } from "react";
import { useParams, useSearchParams } from "react-router";
import { withChannels } from "./channels";
import {
  COMPARED_BY,
  isComparedWithOptions,
  isQuestion,
  OPTIONS,
  type QuestionName,
  SECOND_GROUP,
  secondGroupOf,
  selectionOf,
  usualTop,
} from "./questions";

/** What is to be set in the address; null and empty take a parameter out. */
export type Changes = Readonly<Record<string, string | readonly string[] | null>>;

/** The question of the page and its parameters, as the address has them. */
export interface Explore {
  readonly question: QuestionName;
  readonly params: URLSearchParams;
  /** What the server is asked with. */
  readonly query: string;
  set(changes: Changes): void;
}

/** The parameters of an address that a question takes, in one order, so that equal questions have equal texts. */
export function queryOf(question: QuestionName, params: URLSearchParams, more: readonly string[] = []): string {
  const known = new Set([...selectionOf(question), ...OPTIONS[question].map((each) => each.name), ...more]);
  const kept = withChannels(question, said(params, known));
  const top = usualTop(question);
  if (top !== undefined && !kept.has("top")) kept.set("top", top);
  kept.sort();
  return kept.toString();
}

/** The parameters with which two groups are compared; undefined where there is no second group, or no such comparison. */
export function comparisonOf(question: QuestionName, params: URLSearchParams): string | undefined {
  if (COMPARED_BY[question] === undefined || !secondGroupOf(question).some((each) => params.has(each)))
    return undefined;
  const own = isComparedWithOptions(question)
    ? OPTIONS[question].map((each) => each.name).filter((each) => each !== "top")
    : [];
  const known = new Set([...selectionOf(question), ...own, ...SECOND_GROUP]);
  const kept = withChannels(question, said(params, known));
  kept.sort();
  return kept.toString();
}

/** Parameters that are known and not empty. */
function said(params: URLSearchParams, known: ReadonlySet<string>): URLSearchParams {
  return new URLSearchParams([...params].filter(([name, value]) => known.has(name) && value !== ""));
}

/** Parameters with some of them changed. */
export function changed(params: URLSearchParams, changes: Changes): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    for (const each of value === null ? [] : typeof value === "string" ? [value] : value) {
      if (each !== "") next.append(name, each);
    }
  }
  return next;
}

/** The state of the page, which is its address. */
export function useExplore(): Explore {
  const { question: named } = useParams();
  const [params, setParams] = useSearchParams();
  const question = isQuestion(named) ? named : "flow";
  const set = useCallback(
    (changes: Changes) => setParams((before) => changed(before, changes), { preventScrollReset: true }),
    [setParams],
  );
  const query = useMemo(() => queryOf(question, params), [question, params]);
  return useMemo(() => ({ question, params, query, set }), [question, params, query, set]);
}

/** Whether a question has all that it needs to be asked. */
export function lacking(question: QuestionName, params: URLSearchParams): readonly string[] {
  const missing = OPTIONS[question].filter((each) => each.needed && !params.get(each.name)).map((each) => each.name);
  if (question === "funnel" && params.getAll("steps").length < 2) return ["steps"];
  if (question === "outcomes" && !params.get("journey")) return ["journey"];
  if (question === "drivers" && !["outcomes", "score_below", "journey"].some((each) => params.get(each)))
    return ["outcomes"];
  if (question === "survival" && !params.get("events") && !params.get("churn")) return ["events"];
  return missing;
}
