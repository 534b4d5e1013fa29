import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { Editing } from "./model/Editing";
import { MAPS } from "./model/testing/trees";
import { prepared, writeTree } from "./model/tree";
import { beside, columnsOf, type Direction, placeName, readPlace, spansOf } from "./places";

function shop(until?: string): Editing {
  const doc = prepared(new Y.Doc());
  writeTree(doc, MAPS.shop);
  if (until !== undefined) doc.getMap("cells").set("does-look/until", until);
  return new Editing(doc);
}

describe("the place beside another", () => {
  it.each<[string, Direction, string | undefined]>([
    ["map", "right", "phase:choose"],
    ["map", "down", "lane:does"],
    ["phase:choose", "right", "phase:get"],
    ["phase:get", "down", "step:order"],
    ["step:compare", "right", "step:order"],
    ["step:order", "right", undefined],
    ["step:look", "left", "map"],
    ["step:compare", "up", "phase:choose"],
    ["cell:does/look", "left", "lane:does"],
    ["cell:does/look", "up", "step:look"],
    ["cell:where/order", "down", undefined],
    ["lane:feels", "last", "cell:feels/order"],
    ["cell:feels/order", "first", "lane:feels"],
  ])("%s %s is %s", (from, direction, to) => {
    const place = readPlace(from);
    const found = place === undefined ? undefined : beside(shop().store, place, direction);
    expect(found === undefined ? undefined : placeName(found)).toBe(to);
  });

  it("of a cell that spans others is behind all of them, and goes into it as a whole", () => {
    const { store } = shop("compare");
    expect(spansOf(store, "does", columnsOf(store))).toEqual([2, 0, 1]);
    const right = beside(store, { kind: "cell", lane: "does", step: "look" }, "right");
    expect(right).toEqual({ kind: "cell", lane: "does", step: "order" });
    expect(beside(store, { kind: "step", step: "compare" }, "down")).toEqual({
      kind: "cell",
      lane: "does",
      step: "look",
    });
  });
});
