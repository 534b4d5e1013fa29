import fc from "fast-check";
import { expect, test } from "vitest";
import { byDay, silenceBetween } from "./days";
import { feelingOf } from "./feeling";

const at = (occurred_at: string) => ({ occurred_at });

test("a call half an hour before midnight belongs to the day of the workspace's zone", () => {
  const days = byDay([at("2026-03-12T23:30:00Z"), at("2026-03-12T22:30:00Z")], "Europe/Berlin");
  expect(days.map((each) => each.day)).toEqual(["2026-03-13", "2026-03-12"]);
});

test("every entry is in one day, and their order stays", () => {
  const moments = fc.array(fc.integer({ min: 0, max: 4e12 }), { maxLength: 40 });
  fc.assert(
    fc.property(moments, (times) => {
      const entries = times.sort((a, b) => b - a).map((time) => at(new Date(time).toISOString()));
      const days = byDay(entries, "America/New_York");
      expect(days.flatMap((each) => each.entries)).toEqual(entries);
      expect(new Set(days.map((each) => each.day)).size).toBe(days.length);
    }),
  );
});

test.each([
  ["2026-03-12T10:00:00Z", "2026-02-06T10:00:00Z", 34],
  ["2026-03-12T10:00:00Z", "2026-02-10T10:00:00Z", 30],
  ["2026-03-12T10:00:00Z", "2026-02-10T10:00:01Z", undefined],
])("between %s and %s the silence is %s", (newer, older, days) => {
  expect(silenceBetween(newer, older)).toBe(days);
});

test.each([
  [-2, "bad"],
  [-0.5, "poor"],
  [0, "even"],
  [0.4, "fair"],
  [2, "good"],
] as const)("a feeling of %d is %s", (value, word) => {
  expect(feelingOf(value)).toBe(word);
});
