import type { Editing } from "../Editing";
import { holderOf } from "../living";

/** Add a step behind another one; gives its id. */
export function addStep(editing: Editing, phase: string, name: string, after: string | undefined): string {
  let id = "";
  editing.change((pen) => {
    id = pen.create("steps", pen.freshId("step"), { holder: phase, after }, { name });
  });
  return id;
}

/** Put a step behind another one of a phase, or at its beginning. */
export function moveStep(editing: Editing, step: string, phase: string, after: string | undefined): void {
  if (after === step) return;
  editing.change((pen) => pen.move("steps", step, { holder: phase, after }));
}

/** Move a step by one place to the left or right, into the phase beside its own where it stands at the border. */
export function shiftStep(editing: Editing, step: string, by: -1 | 1): void {
  const { store } = editing;
  const phase = holderOf(store.fields("steps", step));
  const beside = store.children("steps", phase);
  const place = beside.indexOf(step);
  const target = place + by;
  if (target >= 0 && target < beside.length) {
    moveStep(editing, step, phase, by > 0 ? beside[target] : beside[target - 1]);
    return;
  }
  const phases = store.children("phases");
  const other = phases[phases.indexOf(phase) + by];
  if (other === undefined) return;
  moveStep(editing, step, other, by > 0 ? undefined : store.children("steps", other).at(-1));
}
