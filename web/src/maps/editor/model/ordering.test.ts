import fc from "fast-check";
import { expect, it } from "vitest";
import { nthPlace, ownPlace, placeBetween } from "./ordering";

it("a place lies between its neighbours, however often something is put between", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ at: fc.nat(), letters: fc.stringMatching(/^[0-9a-z]{2}$/) }), { maxLength: 60 }),
      (puts) => {
        const places = [nthPlace(0)];
        for (const { at, letters } of puts) {
          const index = at % (places.length + 1);
          places.splice(index, 0, ownPlace(places[index - 1], places[index], letters));
        }
        expect(places).toEqual([...new Set(places)].sort());
      },
    ),
  );
});

it.each([
  [undefined, undefined, "V000"],
  ["V000", undefined, "V001"],
  [undefined, "V000", "Uzzz"],
  ["V000", "V001", "V000V"],
  ["V000", "V000V", "V000F"],
])("between %s and %s is %s, as in Python", (before, after, place) => {
  expect(placeBetween(before, after)).toBe(place);
});
