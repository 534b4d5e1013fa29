import { describe, expect, it } from "vitest";
import { conditionOf, touchpointsIn } from "./conditions";

describe("touchpoints of a condition", () => {
  it.each([
    ["", []],
    ["touchpoint = 'Order placed'", ["Order placed"]],
    ["touchpoint = Search", ["Search"]],
    ["touchpoint in ('A, b', 'It''s')", ["A, b", "It's"]],
    ["touchpoint = 'A' or channel = web", undefined],
    ["channel = web", undefined],
  ])("%s", (where, found) => {
    expect(touchpointsIn(where)).toEqual(found);
  });

  it("are read as they were written", () => {
    for (const list of [["Search"], ["It's", "A, b"], []]) expect(touchpointsIn(conditionOf(list))).toEqual(list);
  });
});
