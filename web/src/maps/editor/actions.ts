import { clearCell, setCell, setEmotion } from "./model/commands/cells";
import { duplicateLane, duplicateStep } from "./model/commands/duplicate";
import { addLane, shiftLane } from "./model/commands/lanes";
import { addPhase, movePhase } from "./model/commands/phases";
import { remove } from "./model/commands/remove";
import { addStep, shiftStep } from "./model/commands/steps";
import type { Editing } from "./model/Editing";
import { holderOf } from "./model/living";
import type { Place } from "./places";
import type { Selection } from "./Selection";
import type { EditorWords } from "./words.en";

/** What actions work on. */
export interface Acting {
  readonly editing: Editing;
  readonly selection: Selection;
  readonly words: EditorWords;
}

/** Add a step behind the one that is selected, or at the end, and write its name. */
export function newStep({ editing, selection, words }: Acting): void {
  const { store } = editing;
  const { place } = selection.selected();
  const step = "step" in place ? place.step : undefined;
  const phase =
    place.kind === "phase"
      ? place.phase
      : step === undefined
        ? store.children("phases").at(-1)
        : phaseOf(editing, step);
  if (phase === undefined) {
    newPhase({ editing, selection, words });
    return;
  }
  const id = addStep(editing, phase, words.newStep, step ?? store.children("steps", phase).at(-1));
  selection.write({ kind: "step", step: id });
}

/** Add a phase behind the one that is selected, or at the end, and write its name. */
export function newPhase({ editing, selection, words }: Acting): void {
  const { place } = selection.selected();
  const after = place.kind === "phase" ? place.phase : "step" in place ? phaseOf(editing, place.step) : undefined;
  const { phase } = addPhase(editing, { phase: words.newPhase, step: words.newStep }, after);
  selection.write({ kind: "phase", phase });
}

/** Add a lane below the one that is selected, or at the end. */
export function newLane({ editing, selection }: Acting, role: string): void {
  const { place } = selection.selected();
  const lane = addLane(editing, { role }, "lane" in place ? place.lane : undefined);
  selection.go({ kind: "lane", lane });
}

/** Move what is selected: steps and phases sideways, lanes up and down. */
export function shift({ editing }: Acting, place: Place, direction: "left" | "right" | "up" | "down"): void {
  const by = direction === "left" || direction === "up" ? -1 : 1;
  const isSideways = direction === "left" || direction === "right";
  if (!isSideways) {
    if ("lane" in place) shiftLane(editing, place.lane, by);
    return;
  }
  if ("step" in place) shiftStep(editing, place.step, by);
  if (place.kind === "phase") {
    const phases = editing.store.children("phases");
    const index = phases.indexOf(place.phase);
    if (by > 0 && index < phases.length - 1) movePhase(editing, place.phase, phases[index + 1]);
    if (by < 0 && index > 0) movePhase(editing, place.phase, phases[index - 2]);
  }
}

/** Remove what is selected; of a cell what it says. */
export function removeHere({ editing, selection }: Acting, place: Place): void {
  const { store } = editing;
  if (place.kind === "cell") {
    clearCell(editing, place.lane, place.step);
    return;
  }
  if (place.kind === "step") {
    const steps = store.steps();
    const next = steps[steps.indexOf(place.step) + 1] ?? steps[steps.indexOf(place.step) - 1];
    remove(editing, "steps", place.step);
    selection.go(next === undefined ? { kind: "map" } : { kind: "step", step: next });
  } else if (place.kind === "lane") {
    const lanes = store.children("lanes");
    const next = lanes[lanes.indexOf(place.lane) + 1] ?? lanes[lanes.indexOf(place.lane) - 1];
    remove(editing, "lanes", place.lane);
    selection.go(next === undefined ? { kind: "map" } : { kind: "lane", lane: next });
  } else if (place.kind === "phase") {
    remove(editing, "phases", place.phase);
    selection.go({ kind: "map" });
  }
}

/** Put a copy of the step or lane that is selected beside it. */
export function duplicateHere({ editing, selection }: Acting, place: Place): void {
  if (place.kind === "lane") selection.go({ kind: "lane", lane: duplicateLane(editing, place.lane) });
  else if ("step" in place) selection.go({ kind: "step", step: duplicateStep(editing, place.step) });
}

/** Let the feeling, or the tension, at the selected cell be better or worse. */
export function feel({ editing }: Acting, place: Place, by: number): boolean {
  if (place.kind !== "cell") return false;
  const { role } = editing.store.fields("lanes", place.lane);
  const { fields } = editing.store.cell(place.lane, place.step);
  if (role === "emotion") {
    setEmotion(editing, place.lane, place.step, { emotion: Number(fields.emotion ?? 0) + by });
    return true;
  }
  if (role !== "tension") return false;
  const tension = Math.min(5, Math.max(1, Number(fields.tension ?? 3) + by));
  setCell(editing, place.lane, place.step, { tension });
  return true;
}

/** The phase of a step. */
export function phaseOf(editing: Editing, step: string): string {
  return holderOf(editing.store.fields("steps", step));
}
