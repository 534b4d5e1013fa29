import type { Editing } from "../Editing";
import { isFields, type Plain, ROOT } from "../shape";
import { setField } from "./setField";

/** A field of whom a map is about. */
export type ScopeField = "segment" | "product" | "market" | "employees" | "where";

/** Say one thing of whom the map is about; undefined takes it away, and with the last one the scope. */
export function setScope(editing: Editing, field: ScopeField, value: Plain | undefined): void {
  const said = isFields(editing.store.root.scope) ? editing.store.root.scope : {};
  const { [field]: _, ...others } = said;
  const wanted = value === undefined ? others : { ...said, [field]: value };
  setField(editing, ROOT, "", "scope", Object.keys(wanted).length === 0 ? undefined : wanted);
}

/** Say by which tags the map is found: each once, without blanks around it. */
export function setTags(editing: Editing, tags: readonly string[]): void {
  const wanted = [...new Set(tags.map((each) => each.trim()))].filter((each) => each !== "");
  setField(editing, ROOT, "", "tags", wanted.length === 0 ? undefined : wanted);
}

/** Say that somebody looked at the map on a day; undone as one. */
export function setReviewed(editing: Editing, day: string, by: string): void {
  const { reviewed, reviewed_by } = editing.store.root;
  if (reviewed === day && reviewed_by === by) return;
  editing.change((pen) => {
    pen.set(ROOT, "", "reviewed", day);
    pen.set(ROOT, "", "reviewed_by", by === "" ? undefined : by);
  });
}

/** Say which map, and which step of it, this one shows in detail; undefined: none. */
export function setParent(editing: Editing, map: string | undefined, step?: string): void {
  const wanted = map === undefined ? undefined : { map, ...(step !== undefined && { step }) };
  setField(editing, ROOT, "", "parent", wanted);
}
