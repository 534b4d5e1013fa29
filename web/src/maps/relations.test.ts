import { expect, test } from "vitest";
import type { MapCard } from "../base/api/schema.gen";
import { currentOf, mapsAbove, mapsBelow, treeOfMaps } from "./relations";
import { CARD } from "./samples";

function card(id: string, said: Partial<MapCard> = {}): MapCard {
  return { ...CARD, id, title: id, ...said };
}

const LIFE = card("life", { level: "life-cycle", below: ["buy", "gone"], future: "better" });
const BUY = card("buy", { below: ["pay"] });
const PAY = card("pay", { level: "service-transaction" });
const RETURN = card("return", { parent: { map: "life", step: "end" } });
const LOST = card("lost", { parent: { map: "nowhere", step: null } });
const ALL = [PAY, LOST, RETURN, BUY, LIFE];

test("the maps above a map are those that it names, or that name it at a step", () => {
  expect(mapsAbove(ALL, "pay").map((each) => each.id)).toEqual(["life", "buy"]);
  expect(mapsAbove(ALL, "return").map(({ id, step }) => [id, step])).toEqual([["life", "end"]]);
});

test("a map above that was deleted is told without a card", () => {
  expect(mapsAbove(ALL, "lost")).toEqual([{ id: "nowhere", step: null, card: undefined }]);
});

test("the maps below a map are those of its steps, then those that name it, without what was deleted", () => {
  expect(mapsBelow(ALL, "life").map((each) => each.id)).toEqual(["buy", "return"]);
});

test("the tree has every map once, the highest level first", () => {
  expect(treeOfMaps(ALL).map(({ card: { id }, depth }) => [id, depth])).toEqual([
    ["life", 0],
    ["buy", 1],
    ["pay", 2],
    ["return", 1],
    ["lost", 0],
  ]);
});

test("maps that name each other round are told once each", () => {
  const round = [card("a", { below: ["b"] }), card("b", { below: ["a"] })];
  expect(mapsAbove(round, "a").map((each) => each.id)).toEqual(["b"]);
  expect(treeOfMaps(round).map((each) => each.card.id)).toEqual(["a", "b"]);
});

test("the map of how it is is found from its future state", () => {
  expect(currentOf(ALL, "better")?.id).toBe("life");
  expect(currentOf(ALL, "pay")).toBeUndefined();
});
