import { expect, it } from "vitest";
import * as Y from "yjs";
import type { StepRow } from "../../../base/api/schema.gen";
import { Editing } from "../model/Editing";
import { MAPS } from "../model/testing/trees";
import { prepared, writeTree } from "../model/tree";
import { momentsOf } from "./moments";

function row(id: string, left: number, reached: number): StepRow {
  return { id, left, reached } as StepRow;
}

it.each([
  ["many end there, surely", row("look", 60, 100), ["look"]],
  ["many end there, maybe", row("look", 30, 100), []],
  ["few came", row("look", 15, 20), []],
  ["it is an end of the map", row("order", 90, 100), []],
  ["it is a step that the map does not have", row("gone", 60, 100), []],
])("a step is found to be a moment of truth, or not, where: %s", (_, step, expected) => {
  const doc = prepared(new Y.Doc());
  writeTree(doc, MAPS.shop);
  const measured = { journeys: 100, steps: new Map([[step.id, step]]), emotions: new Map() };
  expect(momentsOf(new Editing(doc), measured).map((each) => each.step)).toEqual(expected);
});
