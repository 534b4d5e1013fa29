import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addStage,
  apart,
  countChanges,
  type Draft,
  join,
  moveStage,
  removeStage,
  rename,
  renameStage,
  saidOf,
  set,
} from "./taxonomy";

const DRAFT: Draft = {
  stages: ["Choose", "Buy"],
  touchpoints: [
    { name: "Checkout", stage: "Buy", channel: null, names: [{ name: "checkout", interactions: 3 }], interactions: 10 },
    { name: "Paid", stage: null, channel: null, names: [], interactions: 5 },
    { name: "Asked", stage: null, channel: null, names: [], interactions: 2 },
  ],
  channels: [
    { name: "web", names: [], interactions: 15 },
    { name: "Web", names: [], interactions: 2 },
  ],
};

const interactions = (draft: Draft) => draft.touchpoints.reduce((sum, each) => sum + each.interactions, 0);
const rawNames = (draft: Draft) => {
  const found = draft.touchpoints.flatMap((each) => {
    const others = each.names.reduce((sum, raw) => sum + raw.interactions, 0);
    return [...(each.interactions > others ? [each.name] : []), ...each.names.map((raw) => raw.name)];
  });
  return found.sort();
};

test("a new name keeps the old one as a raw name", () => {
  const [first] = rename(DRAFT, "touchpoints", "Checkout", "At the till").touchpoints;
  expect(first).toEqual({
    name: "At the till",
    stage: "Buy",
    channel: null,
    names: [
      { name: "Checkout", interactions: 7 },
      { name: "checkout", interactions: 3 },
    ],
    interactions: 10,
  });
});

test("renaming to a name that is there joins the two under its stage", () => {
  const { touchpoints } = rename(DRAFT, "touchpoints", "Paid", "Checkout");
  expect(touchpoints.map((each) => [each.name, each.interactions, each.stage])).toEqual([
    ["Checkout", 15, "Buy"],
    ["Asked", 2, null],
  ]);
});

test("what was joined comes apart again", () => {
  const whole = join(DRAFT, "channels", ["web", "Web"], "web");
  expect(whole.channels).toEqual([{ name: "web", names: [{ name: "Web", interactions: 2 }], interactions: 17 }]);
  expect(apart(whole, "channels", "web", "Web").channels).toEqual(DRAFT.channels);
});

describe("whatever is joined, renamed and taken apart", () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant("join" as const), from: fc.nat(5), to: fc.nat(5) }),
    fc.record({ do: fc.constant("rename" as const), from: fc.nat(5), to: fc.nat(5) }),
    fc.record({ do: fc.constant("apart" as const), from: fc.nat(5), to: fc.nat(5) }),
  );

  test("no interaction and no raw name is lost", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        let draft = DRAFT;
        for (const each of steps) {
          const pick = (place: number) => draft.touchpoints[place % draft.touchpoints.length];
          const from = pick(each.from);
          const to = pick(each.to);
          if (from === undefined || to === undefined) continue;
          if (each.do === "join") draft = join(draft, "touchpoints", [from.name, to.name], from.name);
          if (each.do === "rename") draft = rename(draft, "touchpoints", from.name, `New ${String(each.to)}`);
          const raw = from.names[0];
          if (each.do === "apart" && raw !== undefined) draft = apart(draft, "touchpoints", from.name, raw.name);
        }
        expect(interactions(draft)).toBe(17);
        expect(rawNames(draft)).toEqual(rawNames(DRAFT));
      }),
    );
  });
});

test("stages are added once, renamed with their touchpoints, moved and removed", () => {
  expect(addStage(addStage(DRAFT, "Use"), "Use").stages).toEqual(["Choose", "Buy", "Use"]);
  expect(renameStage(DRAFT, "Buy", "Pay").touchpoints[0]?.stage).toBe("Pay");
  expect(moveStage(DRAFT, "Buy", -1).stages).toEqual(["Buy", "Choose"]);
  expect(moveStage(DRAFT, "Buy", 5)).toEqual(DRAFT);
  expect(removeStage(DRAFT, "Buy").touchpoints[0]?.stage).toBeNull();
});

test("only names of which something is said are sent", () => {
  const said = saidOf(set(DRAFT, ["Paid"], "channel", "store"), "r1");
  expect(said).toEqual({
    revision: "r1",
    stages: ["Choose", "Buy"],
    touchpoints: [
      { name: "Checkout", stage: "Buy", channel: null, names: ["checkout"] },
      { name: "Paid", stage: null, channel: "store", names: [] },
    ],
    channels: [],
  });
});

test("changes are counted", () => {
  expect(countChanges(DRAFT, DRAFT)).toBe(0);
  expect(countChanges(addStage(set(DRAFT, ["Paid", "Asked"], "stage", "Buy"), "Use"), DRAFT)).toBe(3);
});
