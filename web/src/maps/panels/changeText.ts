import type { ChangeAnswer } from "../../base/api/schema.gen";
import { levelName, stateName } from "../names";
import type { MapsWords } from "../words.en";

const LONGEST = 160;

/** A difference in words. */
export function changeText(words: MapsWords, change: ChangeAnswer): string {
  const what = words.things[change.what] ?? change.what;
  const name = shortened(change.name || change.id);
  if (change.what === "cell") return words.cellChanged(name, cellAction(words, change));
  switch (change.action) {
    case "added":
      return words.actions.added(what, name);
    case "removed":
      return words.actions.removed(what, name);
    case "moved":
      return words.actions.moved(what, name, String(change.after ?? ""));
    case "renamed":
      return words.actions.renamed(what, shortened(String(change.before)), shortened(String(change.after)));
    default:
      if (change.what === "map") return `${what}: ${fieldText(words, change.field)}`;
      return words.actions.changed(what, name, fieldText(words, change.field));
  }
}

/** What became of a cell, behind its name. */
function cellAction(words: MapsWords, { action, after, field }: ChangeAnswer): string {
  if (action === "added") return words.cellAdded;
  if (action === "removed") return words.cellRemoved;
  return action === "moved" ? words.cellMoved(String(after ?? "")) : fieldText(words, field);
}

/** What a field is called; one that has no name is itself. */
function fieldText(words: MapsWords, field: string): string {
  return words.fields[field] ?? field;
}

/** A value of a field for people: texts as they are, names of levels and states, lists and short facts in one line, others as JSON. */
export function valueText(words: MapsWords, value: unknown, field = ""): string {
  if (value === null || value === undefined) return words.nothing;
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (field === "level") return levelName(words, String(value));
  if (field === "state") return stateName(words, String(value));
  if (typeof value === "string") return shortened(value);
  if (Array.isArray(value) && value.length === 0) return words.nothing;
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) return shortened(value.join(", "));
  const facts = factsOf(value);
  if (facts === undefined) return shortened(JSON.stringify(value));
  const said = facts.map(([name, each]) => `${fieldText(words, `${field}.${name}`)}: ${valueText(words, each)}`);
  return shortened(said.join(", "));
}

/** The entries of an object that holds only texts and yes or no. */
function factsOf(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  return entries.every(([, each]) => typeof each === "string" || typeof each === "boolean") ? entries : undefined;
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
