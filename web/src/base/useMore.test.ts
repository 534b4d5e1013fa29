import { expect, test } from "vitest";
import { moreOf } from "./useMore";

test.each([
  ["all is seen", 0, 300, 300, "none"],
  ["a pixel is rounding", 0, 301, 300, "none"],
  ["at the beginning", 0, 700, 300, "after"],
  ["in the middle", 200, 700, 300, "both"],
  ["at the end", 400, 700, 300, "before"],
] as const)("where there is more than is seen: %s", (_where, scrollLeft, scrollWidth, clientWidth, more) => {
  expect(moreOf({ scrollLeft, scrollWidth, clientWidth })).toBe(more);
});
