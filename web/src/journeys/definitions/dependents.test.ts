import { expect, test } from "vitest";
import { asksAbout, isMeasuredWith } from "./dependents";

const ORDER = { id: "order", name: "I order (online)" };

test.each([
  ["journey=order", true],
  ["period=2026&journey=I+order+%28online%29", true],
  ["journey=other&with_journey=order", true],
  ["journey=order-2", false],
  ["where=touchpoint+%3D+order", false],
  ["", false],
])("a saved question with %j asks about the journey: %s", (parameters, asks) => {
  expect(asksAbout(parameters, ORDER)).toBe(asks);
});

test.each([
  ["title: A\njourney: order\nphases: []", true],
  ["title: A\r\njourney: 'order'  # ours\r\nphases: []", true],
  ["journey: I order (online)\n", true],
  ['{"title": "A", "journey": "order"}', true],
  ["journey: order-2\n", false],
  ["title: order\nlevel: journey\n", false],
  ["phases:\n  - name: x\n    journey: order\n", false],
])("a map that says %j is measured with the journey: %s", (text, is) => {
  expect(isMeasuredWith(text, ORDER)).toBe(is);
});
