import type { Editing } from "../Editing";
import { ROOT } from "../shape";

/** What has a name, and the field that holds it. */
const NAMES = {
  phases: "name",
  steps: "name",
  lanes: "label",
  personas: "name",
  metrics: "name",
  opportunities: "title",
  solutions: "title",
  tasks: "title",
} as const;

/** Rename a phase, a step, a lane, a persona, a metric, an opportunity, a solution or a task; a name that is empty is not taken, of a lane it takes the label away. */
export function rename(editing: Editing, kind: keyof typeof NAMES, id: string, name: string): void {
  const said = name.trim();
  if (said === "" && kind !== "lanes") return;
  const field = NAMES[kind];
  if (editing.store.fields(kind, id)[field] === said) return;
  editing.change((pen) => pen.set(kind, id, field, said === "" ? undefined : said), `name ${kind} ${id}`);
}

/** Give the map another title. */
export function renameMap(editing: Editing, title: string): void {
  const said = title.trim();
  if (said === "" || editing.store.root.title === said) return;
  editing.change((pen) => pen.set(ROOT, "", "title", said), "title");
}
