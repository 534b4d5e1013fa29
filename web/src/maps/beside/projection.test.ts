import { expect, test } from "vitest";
import type { LaneAnswer, MeasuredNumber, MeasuresAnswer } from "../../base/api/schema.gen";
import { readOutline } from "../readMap";
import { besideEachOther } from "./pairs";
import { isReached, project, targetsOf } from "./projection";

function number(value: number): MeasuredNumber {
  return { value, low: null, high: null, n: 10, unit: "" };
}

function lane(step: string, stays: number, effort: number | null, cost: number | null): LaneAnswer {
  const nothing = { nps: null, csat: null, ces: null, sentiment: null, emotion: null, feelings: {}, channels: [] };
  const said = { effort: effort === null ? null : number(effort), cost: cost === null ? null : number(cost) };
  return { step, stays, ...said, ...nothing };
}

const METRIC = { low: null, high: null, n: 50, unit: "share", health: "bad", direction: "higher" };
const MEASURED = {
  journeys: 100,
  lanes: [lane("order", 100, 1, 2), lane("call", 50, 4, null), lane("wait", 20, 5, 3)],
  metrics: [
    { ...METRIC, step: "order", metric: "reach", name: "Reach", value: 0.4, target: 0.5 },
    { ...METRIC, step: "call", metric: "nps", name: "NPS", value: 10, target: 30 },
  ],
} as unknown as MeasuresAnswer;
const METRICS = [{ metric: "reach", target: 0.6 }];

function steps(...ids: readonly string[]) {
  return readOutline({ phases: [{ id: "all", name: "", steps: ids.map((id) => ({ id, name: id })) }] });
}

function projected(future: readonly string[], targets = targetsOf({})) {
  return project(MEASURED, besideEachOther(steps("order", "call", "wait", "odd"), steps(...future), []).steps, targets);
}

test("what can be saved at most is what a journey has today at the steps that go", () => {
  const { effort, cost } = projected(["order", "odd"]);
  expect(effort).toEqual({ some: (50 * 4 + 20 * 5) / 100, all: (100 + 200 + 100) / 100 });
  expect(cost).toEqual({ some: 0.6, all: 2.6 });
});

test("nothing is saved where no step goes, or none of those was measured", () => {
  expect(projected(["order", "call", "wait", "odd", "new"])).toMatchObject({ effort: undefined, cost: undefined });
  expect(projected(["order", "call", "wait"])).toMatchObject({ effort: undefined, going: [], unknown: ["odd"] });
});

test("new steps and steps that go are named", () => {
  expect(projected(["order", "new"])).toMatchObject({ fresh: ["new"], going: ["call", "wait"], unknown: ["odd"] });
});

test("metrics of the steps that stay stand beside the target of the future state, else beside today's", () => {
  const tree = { phases: [{ steps: [{ id: "order", metrics: METRICS }] }] };
  const aims = (targets: ReturnType<typeof targetsOf>) =>
    projected(["order", "odd"], targets).aims.map(({ metric, value, target }) => [metric, value, target]);
  expect(aims(targetsOf(tree))).toEqual([["reach", 0.4, 0.6]]);
  expect(aims(targetsOf({}))).toEqual([["reach", 0.4, 0.5]]);
});

test("a placement without a target has that of the metric in the map", () => {
  const tree = { metrics: [{ id: "reach", target: 0.7 }], phases: [{ steps: [{ id: "order", metrics: ["reach"] }] }] };
  expect(targetsOf(tree).get("order")?.get("reach")).toBe(0.7);
});

test.each([
  ["higher", 0.4, 0.5, false],
  ["higher", 0.5, 0.5, true],
  ["lower", 2.05, 3, true],
  ["lower", 4, 3, false],
])("where %s is better, %d is at a target of %d: %s", (direction, value, target, reached) => {
  expect(isReached({ direction, value, target })).toBe(reached);
});
