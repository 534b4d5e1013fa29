import type { ChangeAnswer } from "../../base/api/schema.gen";
import type { MapOutline, StepOutline } from "../readMap";

/** A step of one of the two maps, with its place in that map. */
export interface Placed {
  readonly step: StepOutline;
  readonly place: number;
  readonly phase: string;
}

/** A step as it is and as it shall be; one that goes has no `later`, a new one no `now`. */
export interface StepPair {
  readonly id: string;
  readonly now: Placed | undefined;
  readonly later: Placed | undefined;
  readonly changes: readonly ChangeAnswer[];
}

/** Two maps beside each other: their steps in the order of the future state, and what is different of the maps as a whole. */
export interface Beside {
  readonly steps: readonly StepPair[];
  readonly whole: readonly ChangeAnswer[];
}

/** Put the steps of two maps beside each other by their ids; a step that goes stands behind the one that it stood behind. */
export function besideEachOther(now: MapOutline, future: MapOutline, changes: readonly ChangeAnswer[]): Beside {
  const [before, after] = [placed(now), placed(future)];
  const order = [...after.keys()];
  let last: string | undefined;
  for (const id of before.keys()) {
    if (!after.has(id)) order.splice(last === undefined ? 0 : order.indexOf(last) + 1, 0, id);
    last = id;
  }
  const places = new Map([...cellSteps(now), ...cellSteps(future)]);
  const stepOf = (change: ChangeAnswer): string | undefined =>
    before.has(change.id) || after.has(change.id) ? change.id : places.get(change.id);
  const known = changes.filter(isOfTheMap);
  return {
    steps: order.map((id) => ({
      id,
      now: before.get(id),
      later: after.get(id),
      changes: known.filter((each) => stepOf(each) === id && !isOfTheStepItself(each, after.has(id))),
    })),
    whole: known.filter((each) => stepOf(each) === undefined),
  };
}

/** Whether any step of how it is is bound: else nothing can be measured. */
export function isMeasured(steps: readonly StepPair[]): boolean {
  return steps.some(({ now }) => now?.step.isBound === true);
}

/** Whether two steps say something else: one goes, is new, or is changed. */
export function isDifferent({ now, later, changes }: StepPair): boolean {
  return now === undefined || later === undefined || changes.length > 0;
}

/** What every future state has other than its map. */
const OF_THE_COPY = new Set(["id", "title", "state", "future", "reviewed", "reviewed_by", "review_date"]);
/** What is worked on beside the map of how it is: the pages of improvement tell it. */
const OF_THE_BOARD = new Set(["opportunity", "solution", "task"]);

function isOfTheMap({ what, field }: ChangeAnswer): boolean {
  if (OF_THE_BOARD.has(what) || field === "opportunities") return false;
  return what !== "map" || !OF_THE_COPY.has(field);
}

/** That a step goes or is new is said by itself, and what stood at one that goes, goes with it. */
function isOfTheStepItself({ what, action }: ChangeAnswer, stays: boolean): boolean {
  return (what === "step" && (action === "added" || action === "removed")) || (action === "removed" && !stays);
}

function placed(outline: MapOutline): ReadonlyMap<string, Placed> {
  const steps = outline.phases.flatMap((phase) => phase.steps.map((step) => ({ step, phase: phase.name })));
  return new Map(steps.map(({ step, phase }, index) => [step.id, { step, phase, place: index + 1 }]));
}

function cellSteps(outline: MapOutline): readonly (readonly [string, string])[] {
  return outline.lanes.flatMap((lane) => lane.cells.map((cell) => [cell.id, cell.step] as const));
}
