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

/** Let a step follow another one, or no longer where it does; the step after it, which follows unsaid, stays. */
export function toggleFollowing(editing: Editing, step: string, to: string): void {
  const steps = editing.store.steps();
  const after = steps[steps.indexOf(step) + 1];
  const known = following(editing, step);
  const next = known.includes(to) ? known.filter((each) => each !== to) : [...known, to];
  const isDefault = next.length === 0 || (next.length === 1 && next[0] === after);
  setFollowing(editing, step, isDefault ? undefined : next);
}

/** Whether a step follows another one because it is said so. */
export function isNamed(editing: Editing, step: string, to: string): boolean {
  const { next } = editing.store.fields("steps", step);
  return Array.isArray(next) && next.includes(to);
}
