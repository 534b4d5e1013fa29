import type { MeasuresAnswer } from "../../base/api/schema.gen";
import type { StepPair } from "./pairs";

/** A mean of a journey: what falls away of it, and all of it. */
export interface Saved {
  readonly some: number;
  readonly all: number;
}

/** A metric at a step, today and as the future state wants it. */
export interface Aim {
  readonly step: string;
  readonly metric: string;
  readonly name: string;
  readonly unit: string | null;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number | null;
  readonly target: number;
  /** Which values are better: `higher` or `lower`. */
  readonly direction: string;
}

/** Whether what is measured today is at the target already. */
export function isReached({ value, target, direction }: Pick<Aim, "value" | "target" | "direction">): boolean {
  return direction === "lower" ? value <= target : value >= target;
}

/** What is known today of what a future state changes. */
export interface Projection {
  /** Steps that go and were measured. */
  readonly going: readonly string[];
  /** Steps that go and cannot be measured. */
  readonly unknown: readonly string[];
  /** Steps that are new. */
  readonly fresh: readonly string[];
  readonly effort: Saved | undefined;
  readonly cost: Saved | undefined;
  readonly aims: readonly Aim[];
}

/** A target by metric, at one step. */
export type Targets = ReadonlyMap<string, ReadonlyMap<string, number>>;

/**
 * What a future state would bring, as far as what happened says it: the mean effort and cost that a journey has today at the steps
 * that go (the most that can be saved: nothing takes their place), and the metrics of the steps that stay beside their targets.
 */
export function project(measured: MeasuresAnswer, steps: readonly StepPair[], targets: Targets): Projection {
  const leaving = steps.filter((each) => each.later === undefined);
  const lanes = new Map(measured.lanes.map((lane) => [lane.step, lane]));
  const name = ({ id, now, later }: StepPair): string => (now ?? later)?.step.name ?? id;
  const gone = new Set(leaving.map((each) => each.id));
  return {
    going: leaving.filter((each) => lanes.has(each.id)).map(name),
    unknown: leaving.filter((each) => !lanes.has(each.id)).map(name),
    fresh: steps.filter((each) => each.now === undefined).map(name),
    effort: saved(measured, gone, "effort"),
    cost: saved(measured, gone, "cost"),
    aims: aims(measured, steps, targets),
  };
}

/** Stays at the steps that go, each with the mean of a stay there, on the journeys; undefined where nothing was measured. */
function saved(measured: MeasuresAnswer, gone: ReadonlySet<string>, what: "effort" | "cost"): Saved | undefined {
  const parts = measured.lanes.flatMap((lane) => {
    const value = lane[what]?.value ?? null;
    return value === null ? [] : [{ step: lane.step, total: lane.stays * value }];
  });
  const going = parts.filter((each) => gone.has(each.step));
  if (going.length === 0 || measured.journeys === 0) return undefined;
  const mean = (some: readonly { readonly total: number }[]): number =>
    some.reduce((sum, each) => sum + each.total, 0) / measured.journeys;
  return { some: mean(going), all: mean(parts) };
}

function aims(measured: MeasuresAnswer, steps: readonly StepPair[], targets: Targets): readonly Aim[] {
  return measured.metrics.flatMap(({ step, metric, value, target: today, ...known }) => {
    const later = steps.find((each) => each.id === step)?.later;
    const target = targets.get(step)?.get(metric) ?? today;
    if (later === undefined || value === null || target === null) return [];
    return [{ ...known, step: later.step.name, metric, value, target }];
  });
}

/** The targets that a map's document gives metrics at its steps: of the placement, else of the metric that it holds itself. */
export function targetsOf(tree: Readonly<Record<string, unknown>>): Targets {
  const own = new Map(things(tree.metrics).flatMap((each) => number(each.id, each.target)));
  return new Map(
    things(tree.phases)
      .flatMap((phase) => things(phase.steps))
      .map((step) => [String(step.id), new Map(placements(step.metrics, own))]),
  );
}

function placements(said: unknown, own: ReadonlyMap<string, number>): readonly (readonly [string, number])[] {
  if (!Array.isArray(said)) return [];
  return said.flatMap((entry: unknown) => {
    const place: Tree = typeof entry === "string" ? { metric: entry } : (entry as Tree);
    return number(place.metric, place.target ?? own.get(String(place.metric)));
  });
}

type Tree = Readonly<Record<string, unknown>>;

function number(id: unknown, value: unknown): readonly (readonly [string, number])[] {
  return typeof value === "number" ? [[String(id), value]] : [];
}

function things(value: unknown): readonly Tree[] {
  return Array.isArray(value) ? value.filter((each): each is Tree => typeof each === "object" && each !== null) : [];
}
