import fc from "fast-check";
import { expect, test } from "vitest";
import { LEAST, MOST, READABLE, scrollAfter, sizeOf, toPlace, toRead, toWidth, within } from "./zoom";

const side = fc.integer({ min: 1, max: 20_000 });
const size = fc.record({ width: side, height: side });

test("a fitted picture is in its place, unless it would be smaller than the least zoom", () => {
  fc.assert(
    fc.property(size, size, (picture, place) => {
      const zoom = toPlace(picture, place);
      expect(zoom).toBeGreaterThanOrEqual(LEAST);
      expect(zoom).toBeLessThanOrEqual(toWidth(picture, place));
      if (zoom > LEAST) {
        expect(picture.width * zoom).toBeLessThanOrEqual(place.width + 1e-6);
        expect(picture.height * zoom).toBeLessThanOrEqual(place.height + 1e-6);
      }
    }),
  );
});

test("a picture is opened as wide as its place, unless its texts could not be read then", () => {
  fc.assert(
    fc.property(size, size, (picture, place) => {
      const zoom = toRead(picture, place);
      expect(zoom).toBeGreaterThanOrEqual(READABLE);
      expect(zoom).toBeLessThanOrEqual(1);
      if (zoom > READABLE) expect(picture.width * zoom).toBeLessThanOrEqual(place.width + 1e-6);
    }),
  );
});

test("what is under the pointer stays there", () => {
  const zoom = fc.double({ min: LEAST, max: MOST, noNaN: true });
  fc.assert(
    fc.property(side, side, zoom, zoom, (scroll, point, before, after) => {
      const place = (scroll + point) / before;
      expect((scrollAfter(scroll, point, before, after) + point) / after).toBeCloseTo(place, 6);
    }),
  );
});

test.each([
  [0, LEAST],
  [1, 1],
  [99, MOST],
])("a zoom of %d becomes %d", (said, zoom) => {
  expect(within(said)).toBe(zoom);
});

test("the size of a drawing is read from its view box", () => {
  expect(sizeOf('<svg width="2" viewBox="0 0 2834 2909.8">')).toEqual({ width: 2834, height: 2909.8 });
});
