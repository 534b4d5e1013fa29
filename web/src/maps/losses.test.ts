import { expect, test } from "vitest";
import { lossText } from "./losses";

test("of what a format cannot hold the kind is named before how many there are", () => {
  const losses = [
    { what: "conditions of bindings", count: 1 },
    { what: "tags", count: 3 },
  ];
  expect(lossText(losses)).toBe("conditions of bindings: 1 · tags: 3");
});
