import fc from "fast-check";
import { expect, test } from "vitest";
import { makeFormat } from "../../base/format";
import { en } from "../words.en";
import type { Column } from "./model";
import { sorted } from "./sorting";
import { cellText } from "./writing";

const COLUMN: Column<number | null> = { key: "count", kind: "count", value: (row) => row };
const ROWS = fc.array(fc.option(fc.integer(), { nil: null }));

test("sorting keeps every row, in order, what has no value last", () => {
  fc.assert(
    fc.property(ROWS, fc.boolean(), (rows, descending) => {
      const found = sorted(rows, COLUMN, descending);
      const values = found.filter((each) => each !== null);
      expect([...found].map(String).sort()).toEqual([...rows].map(String).sort());
      expect(found.slice(values.length).every((each) => each === null)).toBe(true);
      expect(
        values.every(
          (each, place) =>
            place === 0 || (descending ? each <= (values[place - 1] ?? 0) : each >= (values[place - 1] ?? 0)),
        ),
      ).toBe(true);
    }),
  );
});

test.each([
  ["share", 0.1234, "12.3 %"],
  ["points", -0.012, "−1.2 points"],
  ["duration", 5400, "1 h 30 min"],
  ["count", 12345, "12,345"],
  ["share", null, "–"],
  ["money", 3.1, "£3.10"],
  ["money", null, "–"],
] as const)("a %s of %s is written %s", (kind, value, text) => {
  const written = cellText(kind, value, makeFormat("en", "UTC"), en, { currency: "GBP" });
  expect(written.replaceAll("\u00a0", " ")).toBe(text);
});
