import fc from "fast-check";
import { expect, test } from "vitest";
import type { Tile } from "../base/api/schema.gen";
import { isFigure, moved, movedTo, placeOf, toggledHidden, toggledSize } from "./arranging";

const tile = fc.record({
  id: fc.oneof(
    fc.constantFrom("figure:a", "figure:b", "figure:c", "figure:d"),
    fc.constantFrom("panel:x", "panel:y", "panel:z"),
  ),
  size: fc.constantFrom<Tile["size"]>("small", "large"),
  hidden: fc.boolean(),
});
const tiles = fc.uniqueArray(tile, { selector: (each) => each.id, minLength: 2 });
const ids = (all: readonly Tile[]): string[] => all.map((each) => each.id);

test("moving loses nothing and mixes no kinds", () => {
  fc.assert(
    fc.property(tiles, fc.nat(), fc.nat(), (all, from, to) => {
      const [own, target] = [all[from % all.length], all[to % all.length]];
      if (own === undefined || target === undefined) return;
      const found = movedTo(all, own.id, target.id);
      expect(ids(found).toSorted()).toEqual(ids(all).toSorted());
      if (isFigure(own) !== isFigure(target)) expect(found).toBe(all);
      else expect(ids(found).indexOf(own.id)).toBe(ids(all).indexOf(target.id));
    }),
  );
});

test("one place later and one earlier again is where it was, unless it stood at the edge", () => {
  fc.assert(
    fc.property(tiles, fc.nat(), (all, at) => {
      const own = all[at % all.length];
      if (own === undefined || own.hidden) return;
      const { place, of } = placeOf(all, own.id);
      const found = moved(all, own.id, 1);
      expect(placeOf(found, own.id).place).toBe(Math.min(place + 1, of));
      if (place < of) expect(placeOf(moved(found, own.id, -1), own.id).place).toBe(place);
    }),
  );
});

test("hiding and resizing twice changes nothing", () => {
  fc.assert(
    fc.property(tiles, (all) => {
      const id = all[0]?.id ?? "";
      expect(toggledHidden(toggledHidden(all, id), id)).toEqual(all);
      expect(toggledSize(toggledSize(all, id), id)).toEqual(all);
    }),
  );
});
