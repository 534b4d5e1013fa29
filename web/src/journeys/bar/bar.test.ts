import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rowsOf, textOf } from "./conditions";
import { dayIn, daysOf, lengthOf, periodBefore, plusDays, presets } from "./days";

const DAY = fc.integer({ min: 0, max: 20_000 }).map((days) => plusDays("1990-01-01", days));

describe("the period before", () => {
  test("is as long, and ends the day before", () => {
    fc.assert(
      fc.property(DAY, fc.integer({ min: 0, max: 900 }), (first, more) => {
        const before = daysOf(periodBefore(`${first}..${plusDays(first, more)}`) ?? null);
        expect(before).toBeDefined();
        const [begin, end] = before ?? ["", ""];
        expect(plusDays(end, 1)).toBe(first);
        expect(lengthOf(begin, end)).toBe(more + 1);
      }),
    );
  });
  test("of an open one is none", () => {
    expect(periodBefore("2026-01-01..")).toBeUndefined();
  });
});

test("presets end with the record", () => {
  expect(presets("2026-06-30").map((each) => each.period)).toEqual([
    "2026-06-24..2026-06-30",
    "2026-06-03..2026-06-30",
    "2026-04-02..2026-06-30",
    "2026-06-01..2026-06-30",
    "2026-01-01..2026-06-30",
  ]);
});

test("a day is that of the workspace's clock", () => {
  expect(dayIn("2026-06-30T22:59:00Z", "Europe/Berlin")).toBe("2026-07-01");
});

describe("a condition", () => {
  test.each([
    ["a name in quotes", { field: "channel", operator: "equals", value: "web" }, "channel = 'web'"],
    ["a quote in a name", { field: "team", operator: "equals", value: "Ann's" }, "team = 'Ann''s'"],
    ["a number of a number", { field: "wait", operator: "greater", value: "60" }, "wait > 60"],
    ["one of several", { field: "channel", operator: "in", value: "web, app" }, "channel in ('web', 'app')"],
    ["whether it is known", { field: "score", operator: "exists", value: "" }, "score exists"],
  ] as const)("is written with %s", (_, row, text) => {
    expect(textOf({ join: "all", rows: [row] })).toBe(text);
  });

  test("joins its rows, without those that are not filled", () => {
    const rows = [
      { field: "channel", operator: "equals", value: "web" },
      { field: "team", operator: "equals", value: " " },
      { field: "team", operator: "missing", value: "" },
    ] as const;
    expect(textOf({ join: "any", rows })).toBe("channel = 'web' or team is missing");
  });

  test("is shown in rows where it is flat", () => {
    const flat = {
      any: [
        { field: "channel", operator: "in", value: ["web", "app"] },
        { field: "wait", operator: "less", value: 3 },
      ],
    };
    expect(rowsOf(flat)).toEqual({
      join: "any",
      rows: [
        { field: "channel", operator: "in", value: "web, app" },
        { field: "wait", operator: "less", value: "3" },
      ],
    });
  });

  test("is text where it is nested", () => {
    expect(rowsOf({ not: { field: "channel", operator: "equals", value: "web" } })).toBeUndefined();
  });
});
