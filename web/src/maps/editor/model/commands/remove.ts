import type { Editing } from "../Editing";
import type { Pen } from "../Pen";
import type { Kind } from "../shape";

/** Remove a phase, step, lane, persona or entry with all that it holds; cells that span a step that goes are cut. */
export function remove(editing: Editing, kind: Kind, id: string): void {
  editing.change((pen) => {
    if (kind === "phases") for (const step of pen.store.children("steps", id)) cutSpans(pen, step, id);
    if (kind === "steps") cutSpans(pen, id, undefined);
    pen.remove(kind, id);
    if (kind === "personas") freeLanes(pen, id);
  });
}

/** Cells that begin or end at a step that goes, and span others that stay, begin or end at those. */
function cutSpans(pen: Pen, step: string, phase: string | undefined): void {
  const steps = pen.store.steps();
  const going = new Set(phase === undefined ? [step] : pen.store.children("steps", phase));
  for (const lane of pen.store.children("lanes")) {
    for (const cell of pen.store.children("cells", lane)) {
      const { step: first, until: last } = pen.store.fields("cells", cell);
      if (typeof last !== "string" || (first !== step && last !== step)) continue;
      const span = steps
        .slice(steps.indexOf(String(first)), steps.indexOf(last) + 1)
        .filter((each) => !going.has(each));
      if (span.length === 0) continue;
      pen.set("cells", cell, "step", span[0]);
      pen.set("cells", cell, "until", span.length > 1 ? span.at(-1) : undefined);
    }
  }
}

function freeLanes(pen: Pen, persona: string): void {
  for (const lane of pen.store.children("lanes")) {
    if (pen.store.fields("lanes", lane).persona === persona) pen.set("lanes", lane, "persona", undefined);
  }
}
