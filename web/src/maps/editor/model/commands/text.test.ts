import { describe, expect, it } from "vitest";
import { matchLines } from "./cellText";
import { isTable, pastedRows } from "./paste";

describe("lines of a cell", () => {
  it.each([
    ["nothing changed", ["a", "b"], ["a", "b"], [0, 1]],
    ["one was changed in its place", ["a", "b", "c"], ["a", "x", "c"], [0, 1, 2]],
    ["one is new between", ["a", "b"], ["a", "x", "b"], [0, undefined, 1]],
    ["one is gone", ["a", "b", "c"], ["a", "c"], [0, 2]],
    ["one is new at the end", ["a"], ["a", "b"], [0, undefined]],
    ["all are new", [], ["a"], [undefined]],
  ])("%s", (_, old, lines, found) => {
    expect(matchLines(old, lines)).toEqual(found);
  });
});

describe("what was copied from a spreadsheet", () => {
  it.each([
    ["one row", "a\tb", [["a", "b"]]],
    [
      "two rows with a line end behind",
      "a\tb\r\nc\td\r\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["a line end in quotes", '"a\nb"\tc', [["a\nb", "c"]]],
    ["quotes in quotes", '"say ""no"""\tc', [['say "no"', "c"]]],
    ["quotes that quote nothing", 'a "b" c\td', [['a "b" c', "d"]]],
    ["an empty cell", "a\t\tb", [["a", "", "b"]]],
  ])("%s", (_, text, rows) => {
    expect(pastedRows(text).map((row) => row.slice())).toEqual(rows);
    expect(isTable(text)).toBe(true);
  });

  it("is no table where it has no tabs: then it is one text", () => {
    expect(isTable("a\nb")).toBe(false);
  });
});
