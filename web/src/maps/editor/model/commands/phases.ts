import type { Editing } from "../Editing";

/** Add a phase with one step behind another phase, or at the end; gives the ids of both. */
export function addPhase(
  editing: Editing,
  names: { readonly phase: string; readonly step: string },
  after = editing.store.children("phases").at(-1),
): { readonly phase: string; readonly step: string } {
  let found = { phase: "", step: "" };
  editing.change((pen) => {
    const phase = pen.create("phases", pen.freshId("phase"), { holder: "", after }, { name: names.phase });
    const step = pen.create("steps", pen.freshId("step"), { holder: phase, after: undefined }, { name: names.step });
    found = { phase, step };
  });
  return found;
}

/** Put a phase behind another one, or at the beginning. */
export function movePhase(editing: Editing, phase: string, after: string | undefined): void {
  if (after === phase) return;
  editing.change((pen) => pen.move("phases", phase, { holder: "", after }));
}
