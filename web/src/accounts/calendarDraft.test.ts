import { expect, test } from "vitest";
import type { Span } from "../base/api/schema.gen";
import {
  type CalendarDraft,
  calendarProblems,
  calendarText,
  copied,
  stoodAs,
  tidyClock,
  weekLines,
  withSpan,
} from "./calendarDraft";

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MORNING: Span = { opens: "08:00", closes: "12:00" };
const AFTERNOON: Span = { opens: "13:00", closes: "18:00" };

function draft(week: readonly (readonly Span[])[]): CalendarDraft {
  const all = Array.from({ length: 7 }, (_, day) => week[day] ?? []);
  return { name: "", channels: [], teams: [], timezone: "UTC", week: all, holidays: [] };
}

test.each([
  ["8", "08:00"],
  ["830", "08:30"],
  ["8.30", "08:30"],
  ["08:30", "08:30"],
  ["24", "24:00"],
  [" 1730 ", "17:30"],
  ["noon", "noon"],
])("%s is taken as %s", (typed, written) => {
  expect(tidyClock(typed)).toBe(written);
});

test("a day that opens gets the hours of the day before, and one more span is empty", () => {
  const opened = withSpan(draft([[MORNING, AFTERNOON]]), 2);
  expect(opened.week[2]).toEqual([MORNING, AFTERNOON]);
  expect(withSpan(opened, 2).week[2]?.at(-1)).toEqual({ opens: "", closes: "" });
});

test("the hours of a day are copied to the working days, or to all", () => {
  const saturday = draft([[], [], [], [], [], [MORNING], [AFTERNOON]]);
  expect(copied(saturday, 5, "weekdays").week.map((of) => of.length)).toEqual([1, 1, 1, 1, 1, 1, 1]);
  expect(copied(saturday, 5, "weekdays").week[6]).toEqual([AFTERNOON]);
  expect(copied(saturday, 5, "days").week[6]).toEqual([MORNING]);
});

test.each([
  ["a time that is none", [{ opens: "8", closes: "12:00" }], "clockForm"],
  ["an end before its begin", [{ opens: "12:00", closes: "08:00" }], "clockOrder"],
  ["spans that overlap", [MORNING, { opens: "11:00", closes: "13:00" }], "clockOverlap"],
])("%s is said at its span", (_, spans, problem) => {
  const found = calendarProblems(draft([[], spans]), false);
  expect([...(found.spans.get(1)?.values() ?? [])]).toEqual([problem]);
});

test("a named calendar needs a name of its own and somebody for whom it holds", () => {
  const found = calendarProblems({ ...draft([[MORNING]]), name: " desk " }, true, ["desk"]);
  expect(found).toMatchObject({ name: "nameTaken", holds: "holdsForNobody" });
  expect(calendarProblems(draft([[MORNING]]), false)).toEqual({ spans: new Map() });
});

test("closed all week is no calendar", () => {
  expect(calendarProblems(draft([]), false).week).toBe("noDays");
});

test("days with the same hours are told together", () => {
  const week = draft([
    [MORNING],
    [MORNING],
    [MORNING, AFTERNOON],
    [MORNING],
    [AFTERNOON],
    [AFTERNOON],
    [AFTERNOON],
  ]).week;
  expect(weekLines(week, DAYS)).toEqual([
    ["Mon, Tue, Thu", "08:00 – 12:00"],
    ["Wed", "08:00 – 12:00, 13:00 – 18:00"],
    ["Fri – Sun", "13:00 – 18:00"],
  ]);
});

test("what is sent is in order, with the time zone only where it is another one", () => {
  const said = calendarText({ ...draft([[AFTERNOON, MORNING]]), timezone: "Europe/Vienna" }, "UTC", "r");
  expect(said).toMatchObject({ timezone: "Europe/Vienna", revision: "r" });
  expect(said.week[0]).toEqual([MORNING, AFTERNOON]);
  expect(calendarText(draft([]), "UTC", null).timezone).toBeNull();
});

test("a calendar that somebody has removed is not there", () => {
  const calendars = { company: null, revision: "r", named: [] };
  expect(stoodAs(calendars, "UTC", "gone")).toBeUndefined();
  expect(stoodAs(calendars, "UTC", undefined)?.draft.week.flat()).toHaveLength(5);
});
