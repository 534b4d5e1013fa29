import type { ChangeAnswer } from "../../base/api/schema.gen";
import type { MapsWords } from "../words.en";

const LONGEST = 160;

/** A difference in words. */
export function changeText(words: MapsWords, change: ChangeAnswer): string {
  const what = words.things[change.what] ?? change.what;
  const name = shortened(change.name || change.id);
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
      return words.actions.changed(what, name, change.field);
  }
}

/** A value of a field for people: texts as they are, others as JSON. */
export function valueText(words: MapsWords, value: unknown): string {
  if (value === null || value === undefined) return words.nothing;
  return shortened(typeof value === "string" ? value : JSON.stringify(value));
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
