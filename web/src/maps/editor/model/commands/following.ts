import type { Editing } from "../Editing";

/** The ids of the steps that may follow one: those that it names, else the one after it. */
export function following(editing: Editing, step: string): readonly string[] {
  const steps = editing.store.steps();
  const named = editing.store.fields("steps", step).next;
  if (Array.isArray(named)) {
    const known = named.map(String).filter((each) => steps.includes(each));
    if (known.length > 0 || named.length === 0) return known;
  }
  const after = steps[steps.indexOf(step) + 1];
  return after === undefined ? [] : [after];
}

/** Say which steps may follow one: several are a branch, an earlier one a loop, none an end; undefined: the one after it. */
export function setFollowing(editing: Editing, step: string, next: readonly string[] | undefined): void {
  const wanted = next === undefined ? undefined : [...new Set(next)];
  editing.change((pen) => pen.set("steps", step, "next", wanted));
}
