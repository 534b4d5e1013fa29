import type { Store } from "./model/Store";

/** A place of the editor's grid. */
export type Place =
  | { readonly kind: "map" }
  | { readonly kind: "phase"; readonly phase: string }
  | { readonly kind: "step"; readonly step: string }
  | { readonly kind: "lane"; readonly lane: string }
  | { readonly kind: "cell"; readonly lane: string; readonly step: string };

/** A place as text: for the address of the page, presence, and the elements of the grid. */
export function placeName(place: Place): string {
  if (place.kind === "map") return "map";
  if (place.kind === "phase") return `phase:${place.phase}`;
  if (place.kind === "step") return `step:${place.step}`;
  if (place.kind === "lane") return `lane:${place.lane}`;
  return `cell:${place.lane}/${place.step}`;
}

/** The place that a text names; undefined where it names none. */
export function readPlace(name: string | null | undefined): Place | undefined {
  const [kind, rest = ""] = (name ?? "").split(":", 2);
  const [first = "", second] = rest.split("/", 2);
  if (kind === "map") return { kind };
  if (kind === "phase") return { kind, phase: first };
  if (kind === "step") return { kind, step: first };
  if (kind === "lane") return { kind, lane: first };
  return kind === "cell" && second !== undefined ? { kind, lane: first, step: second } : undefined;
}

/** Whether what a place names is there. */
export function isThere(store: Store, place: Place): boolean {
  if (place.kind === "phase") return store.has("phases", place.phase);
  if (place.kind === "step") return store.has("steps", place.step);
  if (place.kind === "lane") return store.has("lanes", place.lane);
  if (place.kind === "cell") return store.has("lanes", place.lane) && store.has("steps", place.step);
  return true;
}

/** A column of the grid: a step, or the place for the first step of a phase that has none. */
export interface Column {
  readonly phase: string;
  readonly step: string | undefined;
}

/** The columns of a map. */
export function columnsOf(store: Store): readonly Column[] {
  return store.children("phases").flatMap((phase): readonly Column[] => {
    const steps = store.children("steps", phase);
    return steps.length === 0 ? [{ phase, step: undefined }] : steps.map((step) => ({ phase, step }));
  });
}

/** The first step of the cell that a lane shows at a step: a cell may span several. */
export function spanStart(store: Store, lane: string, step: string): string {
  const steps = store.steps();
  const own = steps.indexOf(step);
  for (let place = own; place >= 0; place -= 1) {
    const start = steps[place] as string;
    if (store.cellsAt(lane, start).length > 0) return spanOf(store, lane, start) > own - place ? start : step;
  }
  return step;
}

/** By column how many columns the cell of a lane takes, 0 where another one covers it; undefined: each takes one. */
export function spansOf(store: Store, lane: string, columns: readonly Column[]): readonly number[] | undefined {
  if (store.children("cells", lane).every((cell) => store.fields("cells", cell).until === undefined)) return undefined;
  return columns.map(({ step }) =>
    step === undefined ? 1 : spanStart(store, lane, step) === step ? spanOf(store, lane, step) : 0,
  );
}

/** How many columns the cell of a lane at a step takes: those that it spans and that have no cell of their own. */
export function spanOf(store: Store, lane: string, step: string): number {
  const until = store.cell(lane, step).fields.until;
  if (typeof until !== "string") return 1;
  const steps = store.steps();
  const first = steps.indexOf(step);
  const last = steps.indexOf(until);
  let count = 1;
  while (first + count <= last && store.cellsAt(lane, steps[first + count] as string).length === 0) count += 1;
  return count;
}

/** A direction in which the keyboard goes through the grid. */
export type Direction = "left" | "right" | "up" | "down" | "first" | "last";

/** The place beside another one; undefined at the border. */
export function beside(store: Store, place: Place, direction: Direction): Place | undefined {
  const steps = store.steps();
  const lanes = store.children("lanes");
  const rows: readonly string[] = ["", "step", ...lanes];
  const { row, column } = positionOf(store, place, rows, steps);
  if (direction === "first") return at(store, row, -1, lanes, steps);
  if (direction === "last") return at(store, row, steps.length - 1, lanes, steps);
  if (direction === "up")
    return row === 0 || place.kind === "map" ? undefined : at(store, row - 1, column, lanes, steps);
  if (direction === "down") return row >= rows.length - 1 ? undefined : at(store, row + 1, column, lanes, steps);
  return sideways(store, place, { row, column }, direction === "left" ? -1 : 1, lanes, steps);
}

function positionOf(store: Store, place: Place, rows: readonly string[], steps: readonly string[]) {
  if (place.kind === "map") return { row: 1, column: -1 };
  if (place.kind === "phase") return { row: 0, column: steps.indexOf(store.children("steps", place.phase)[0] ?? "") };
  if (place.kind === "step") return { row: 1, column: steps.indexOf(place.step) };
  const row = rows.indexOf(place.lane, 2);
  return { row, column: place.kind === "lane" ? -1 : steps.indexOf(place.step) };
}

function sideways(
  store: Store,
  place: Place,
  { row, column }: { readonly row: number; readonly column: number },
  by: -1 | 1,
  lanes: readonly string[],
  steps: readonly string[],
): Place | undefined {
  if (place.kind === "phase") {
    const phases = store.children("phases");
    const phase = phases[phases.indexOf(place.phase) + by];
    return phase === undefined ? (by < 0 ? { kind: "map" } : undefined) : { kind: "phase", phase };
  }
  if (place.kind === "map") {
    const phase = store.children("phases")[0];
    return by > 0 && phase !== undefined ? { kind: "phase", phase } : undefined;
  }
  const width = place.kind === "cell" && by > 0 ? spanOf(store, place.lane, place.step) : 1;
  const target = column + by * width;
  return target < -1 || target >= steps.length ? undefined : at(store, row, target, lanes, steps);
}

function at(
  store: Store,
  row: number,
  column: number,
  lanes: readonly string[],
  steps: readonly string[],
): Place | undefined {
  const step = steps[Math.max(column, 0)];
  if (row <= 1) {
    if (column < 0) return { kind: "map" };
    if (step === undefined) return undefined;
    if (row === 1) return { kind: "step", step };
    const phase = store.children("phases").find((each) => store.children("steps", each).includes(step));
    return phase === undefined ? undefined : { kind: "phase", phase };
  }
  const lane = lanes[row - 2];
  if (lane === undefined) return undefined;
  if (column < 0 || step === undefined) return { kind: "lane", lane };
  return { kind: "cell", lane, step: spanStart(store, lane, step) };
}
