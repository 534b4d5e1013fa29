import { expect, test } from "vitest";
import type { ChangeAnswer } from "../../base/api/schema.gen";
import { readOutline } from "../readMap";
import { besideEachOther, isDifferent } from "./pairs";

function outline(steps: readonly string[]) {
  return readOutline({
    title: "I pay",
    phases: [{ id: "all", name: "All", steps: steps.map((id) => ({ id, name: id })) }],
    lanes: [{ id: "does", role: "actions", cells: [{ id: "does-b", step: "b" }] }],
  });
}

function change(said: Partial<ChangeAnswer>): ChangeAnswer {
  return {
    action: "changed",
    what: "step",
    id: "b",
    name: "",
    place: "",
    field: "name",
    before: 1,
    after: 2,
    behind: "",
    ...said,
  };
}

test.each([
  ["abc", "abc", "abc"],
  ["abc", "bac", "bac"],
  ["abc", "ac", "abc"],
  ["abc", "c", "abc"],
  ["abcd", "dxa", "dxabc"],
  ["", "ab", "ab"],
])("the steps %s beside %s stand as %s", (now, later, order) => {
  const { steps } = besideEachOther(outline([...now]), outline([...later]), []);
  expect(steps.map((each) => each.id).join("")).toBe(order);
  expect(steps.every((each) => (each.now !== undefined) === now.includes(each.id))).toBe(true);
});

test("a difference stands at its step: of the step itself, or of what a lane says there", () => {
  const changes = [change({}), change({ what: "claim", id: "does-b" }), change({ what: "lane", id: "does" })];
  const { steps, whole } = besideEachOther(outline(["a", "b"]), outline(["a", "b"]), changes);
  expect(steps.map((each) => each.changes)).toEqual([[], changes.slice(0, 2)]);
  expect(whole).toEqual(changes.slice(2));
  expect(steps.map(isDifferent)).toEqual([false, true]);
});

test("what every future state has other than its map is no difference", () => {
  const changes = ["id", "title", "state", "reviewed", "goal"].map((field) => change({ what: "map", id: "m", field }));
  expect(besideEachOther(outline([]), outline([]), changes).whole.map((each) => each.field)).toEqual(["goal"]);
});

test.each([
  { what: "opportunity", action: "removed" },
  { what: "solution", action: "added" },
  { what: "task", action: "removed" },
  { what: "cell", id: "does-b", field: "opportunities" },
])("what is worked on is no difference of the maps: $what", (said) => {
  const { steps, whole } = besideEachOther(outline(["b"]), outline(["b"]), [change(said)]);
  expect([...whole, ...steps.flatMap((each) => each.changes)]).toEqual([]);
});

test("that a step goes or is new is said once, without what stood at the one that goes", () => {
  const changes = [
    change({ action: "removed", id: "b" }),
    change({ action: "removed", what: "cell", id: "does-b" }),
    change({ action: "added", id: "c" }),
  ];
  const { steps } = besideEachOther(outline(["b"]), outline(["c"]), changes);
  expect(steps.map((each) => each.changes.length)).toEqual([0, 0]);
  expect(steps.every(isDifferent)).toBe(true);
});
