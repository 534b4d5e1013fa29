import fc from "fast-check";
import { expect, test } from "vitest";
import { fitted } from "./useFittedPicture";

const side = fc.integer({ min: 50, max: 6000 });
const size = fc.record({ width: side, height: side });

test("the whole map is always on the screen", () => {
  fc.assert(
    fc.property(size, size, (picture, place) => {
      const scale = fitted(picture, place, true);
      expect(picture.width * scale).toBeLessThanOrEqual(place.width + 1e-6);
      expect(picture.height * scale).toBeLessThanOrEqual(place.height + 1e-6);
    }),
  );
});

test("a phase is never wider than the screen, and at least as large as when all of it is shown", () => {
  fc.assert(
    fc.property(size, size, (picture, place) => {
      const scale = fitted(picture, place, false);
      expect(picture.width * scale).toBeLessThanOrEqual(place.width + 1e-6);
      expect(scale).toBeGreaterThanOrEqual(fitted(picture, place, true));
    }),
  );
});
