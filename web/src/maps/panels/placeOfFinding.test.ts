import { expect, test } from "vitest";
import { readOutline } from "../readMap";
import { placeOfFinding } from "./placeOfFinding";

const OUTLINE = readOutline({
  phases: [{ id: "buy", name: "Buying", steps: [{ id: "look", name: "I look" }] }],
  lanes: [{ id: "does", role: "actions", cells: [{ id: "does-look", step: "look" }] }],
});

test.each([
  ["step", "look", "step:look"],
  ["phase", "buy", "phase:buy"],
  ["lane", "does", "lane:does"],
  ["cell", "does-look", "cell:does/look"],
])("a finding at a %s is opened where the editor has it", (kind, id, at) => {
  expect(placeOfFinding(OUTLINE, { kind, id })).toEqual({ about: { kind, id }, at });
});

test("a finding of the map, or of what is not in the drawing, has no place", () => {
  expect(placeOfFinding(OUTLINE, null)).toBeUndefined();
  expect(placeOfFinding(OUTLINE, { kind: "opportunity", id: "o1" })).toBeUndefined();
});
