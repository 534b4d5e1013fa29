import fc from "fast-check";
import { expect, test } from "vitest";
import { type Box, boxOf, circleBox, overlap, placeLabels, spread } from "./placing";

const BOUNDS: Box = { left: 0, top: 0, right: 900, bottom: 560 };
const opportunity = fc.record({
  x: fc.constantFrom(100, 275, 450, 625, 800),
  y: fc.constantFrom(60, 170, 280, 390, 500),
  radius: fc.integer({ min: 5, max: 16 }),
  width: fc.integer({ min: 40, max: 200 }),
  height: fc.constant(16),
});

test("twelve opportunities at a few places have circles and labels that cover nothing", () => {
  fc.assert(
    fc.property(fc.array(opportunity, { maxLength: 12 }), (given) => {
      const bubbles = spread(given, BOUNDS);
      const labels = placeLabels(bubbles, BOUNDS).map((each, place) => boxOf(each, bubbles[place] ?? opportunityOf));
      const boxes = [...bubbles.map(circleBox), ...labels];
      labels.forEach((label, place) => {
        const others = boxes.filter((_, other) => other !== bubbles.length + place);
        expect(others.some((other) => overlap(label, other))).toBe(false);
      });
    }),
    { numRuns: 60 },
  );
});

test("who stands alone has the label at the right of the circle", () => {
  const [label] = placeLabels([{ x: 100, y: 100, radius: 10, width: 80, height: 16 }], BOUNDS);
  expect(label).toEqual({ x: 115, y: 92, anchor: "start", led: false });
});

test("at the right edge the label stands at the left", () => {
  const [label] = placeLabels([{ x: 880, y: 100, radius: 10, width: 80, height: 16 }], BOUNDS);
  expect(label?.x).toBe(785);
});

const opportunityOf = { width: 0, height: 0 };
