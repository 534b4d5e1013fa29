import fc from "fast-check";
import { expect, test } from "vitest";
import { points } from "./seriesPoints";

const value = fc.record({
  name: fc.string(),
  value: fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true })),
  low: fc.constant(null),
  high: fc.constant(null),
  is_over: fc.boolean(),
});

test("every known value is in the picture, the larger the higher, in the order of time", () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 30 }), (values) => {
      const shown = points(values, 340, 90);
      const known = values.flatMap((each) => (each.value === null ? [] : [each.value]));
      expect(shown).toHaveLength(known.length);
      for (const [place, each] of shown.entries()) {
        expect(each.x).toBeGreaterThanOrEqual(0);
        expect(each.x).toBeLessThanOrEqual(340);
        expect(each.y).toBeGreaterThanOrEqual(0);
        expect(each.y).toBeLessThanOrEqual(90);
        const next = shown[place + 1];
        if (next === undefined) continue;
        expect(next.x).toBeGreaterThan(each.x);
        if ((known[place + 1] ?? 0) > (known[place] ?? 0)) expect(next.y).toBeLessThanOrEqual(each.y);
      }
    }),
  );
});
