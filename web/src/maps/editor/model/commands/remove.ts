import type { Editing } from "../Editing";
import type { Pen } from "../Pen";
import { isFields, type Kind } from "../shape";

/**
 * Remove a phase, step, lane, persona, opportunity, metric or entry with all that it holds. Cells that span a step that goes are cut;
 * what names something that goes names it no longer.
 */
export function remove(editing: Editing, kind: Kind, id: string): void {
  editing.change((pen) => {
    if (kind === "phases") for (const step of pen.store.children("steps", id)) cutSpans(pen, step, id);
    if (kind === "steps") cutSpans(pen, id, undefined);
    pen.remove(kind, id);
    if (kind === "personas") freeLanes(pen, id);
    if (kind === "opportunities" || kind === "metrics") unname(pen, kind, id);
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

/** By kind of what is named: what names it in a list. */
const NAMING = {
  opportunities: ["cells", "claims"],
  metrics: ["steps", "opportunities"],
} as const satisfies Readonly<Partial<Record<Kind, readonly Kind[]>>>;

function unname(pen: Pen, kind: "opportunities" | "metrics", id: string): void {
  for (const holder of NAMING[kind]) {
    for (const [each, fields] of pen.store.things[holder]) {
      const named = fields[kind];
      if (!Array.isArray(named) || !pen.store.has(holder, each)) continue;
      const others = named.filter((entry) => entry !== id && !(isFields(entry) && entry.metric === id));
      if (others.length < named.length) pen.set(holder, each, kind, others.length === 0 ? undefined : others);
    }
  }
  if (kind === "opportunities") return;
  for (const [task, fields] of pen.store.things.tasks) {
    if (fields.kpi === id && pen.store.has("tasks", task)) pen.set("tasks", task, "kpi", undefined);
  }
}

function freeLanes(pen: Pen, persona: string): void {
  for (const lane of pen.store.children("lanes")) {
    if (pen.store.fields("lanes", lane).persona === persona) pen.set("lanes", lane, "persona", undefined);
  }
}
