import type { DefinitionAnswer, DefinitionText } from "../../base/api/schema.gen";

/** A definition as it is being written; what is empty is not said. */
export interface Draft {
  readonly id: string;
  readonly name: string;
  readonly start: string;
  readonly goal: string;
  readonly end: string;
  readonly timeOut: string;
  readonly where: string;
}

/** What is missing or taken, before the server is asked. */
export interface DraftProblems {
  readonly id?: "form" | "taken";
  readonly name?: "missing" | "taken";
  readonly start?: "missing";
  readonly goal?: "missing";
}

const IDENT = /^[a-z0-9][a-z0-9-]{0,62}$/;
const LONGEST = 63;

export const NEW_DRAFT: Draft = { id: "", name: "", start: "", goal: "", end: "", timeOut: "30d", where: "" };

/** What there is, to be changed. */
export function draftOf(definition: DefinitionAnswer): Draft {
  const { id, name, start, goal, end, time_out, where } = definition;
  return { id, name, start, goal, end: end ?? "", timeOut: time_out, where: where ?? "" };
}

/** What is sent to the server; `revision`: of what it replaces, empty where it is new. */
export function bodyOf(draft: Draft, revision: string): DefinitionText {
  const said = (text: string) => (text.trim() === "" ? null : text.trim());
  return {
    name: said(draft.name),
    start: draft.start.trim(),
    goal: draft.goal.trim(),
    end: said(draft.end),
    time_out: said(draft.timeOut),
    where: said(draft.where),
    revision,
  };
}

/** An id made of a name: small letters, digits and hyphens, none that is taken. */
export function identOf(name: string, taken: readonly string[]): string {
  const plain = name.toLowerCase().replaceAll("ß", "ss").normalize("NFKD").replace(/\p{M}/gu, "");
  const words = plain.match(/[a-z0-9]+/g) ?? ["journey"];
  const ident = cut(words.join("-"), LONGEST);
  return [ident, ...taken.map((_, place) => numbered(ident, place + 2))].find((each) => !taken.includes(each)) ?? ident;
}

function numbered(ident: string, number: number): string {
  const suffix = `-${String(number)}`;
  return `${cut(ident, LONGEST - suffix.length)}${suffix}`;
}

function cut(ident: string, length: number): string {
  return ident.slice(0, length).replace(/-+$/, "");
}

/** What is wrong with a draft beside the others; the server looks at conditions and times. */
export function problemsOf(draft: Draft, others: readonly DefinitionAnswer[]): DraftProblems {
  const name = draft.name.trim();
  const idTaken = others.some((each) => each.id === draft.id);
  const nameTaken = others.some((each) => each.name === name);
  return {
    ...(!IDENT.test(draft.id) ? { id: "form" } : idTaken ? { id: "taken" } : {}),
    ...(name === "" ? { name: "missing" } : nameTaken ? { name: "taken" } : {}),
    ...(draft.start.trim() === "" ? { start: "missing" } : {}),
    ...(draft.goal.trim() === "" ? { goal: "missing" } : {}),
  };
}

/** A condition among the interactions that belong to the journey; nothing where there is no condition. */
export function among(condition: string, where: string): string {
  if (condition.trim() === "" || where.trim() === "") return condition.trim();
  return `(${condition.trim()}) and (${where.trim()})`;
}
