import { expect, test } from "vitest";
import { makeFormat } from "../base/format";
import { certaintyText, valueText } from "./numbers";

const format = makeFormat("en", "UTC");

test.each([
  ["days", 0.01, "14\u00a0min 24\u00a0s"],
  ["days", 2.5, "2\u00a0d 12\u00a0h"],
  ["minutes", 2.05, "2\u00a0min 3\u00a0s"],
  ["seconds", 90, "1\u00a0min 30\u00a0s"],
  ["share", 0.5, "50.0\u00a0%"],
  ["points", 4.126, "4.13\u00a0points"],
  ["days", null, "–"],
])("a number in %s is told in a unit that fits: %d", (unit, value, told) => {
  expect(valueText(format, value, unit)).toBe(told);
});

test.each([
  ["days", "14\u00a0min 24\u00a0s to 1\u00a0h 26\u00a0min, n = 40"],
  ["points", "0.01 to 0.06, n = 40"],
])("an interval in %s is told as its value is", (unit, told) => {
  expect(certaintyText(format, { value: 0.03, low: 0.01, high: 0.06, n: 40, unit }, "to")).toBe(told);
});
