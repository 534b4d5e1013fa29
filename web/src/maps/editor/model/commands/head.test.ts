import { expect, test } from "vitest";
import * as Y from "yjs";
import { Editing } from "../Editing";
import { MAPS } from "../testing/trees";
import { prepared, treeOfDoc, writeTree } from "../tree";
import { setParent, setReviewed, setScope, setTags } from "./head";

function shop(): Editing {
  const doc = prepared(new Y.Doc());
  writeTree(doc, MAPS.shop);
  return new Editing(doc);
}

test("whom a map is about is said field by field, and the last one takes the scope away", () => {
  const editing = shop();
  setScope(editing, "market", "UK");
  setScope(editing, "employees", true);
  expect(treeOfDoc(editing.doc).scope).toEqual({ market: "UK", employees: true });
  setScope(editing, "market", undefined);
  setScope(editing, "employees", undefined);
  expect(treeOfDoc(editing.doc)).not.toHaveProperty("scope");
});

test.each([
  [["money", " money ", ""], ["money"]],
  [["", " "], undefined],
])("the tags %j are kept as %j", (said, kept) => {
  const editing = shop();
  setTags(editing, said);
  expect(treeOfDoc(editing.doc).tags).toEqual(kept);
});

test("a review is undone as one: the day with who looked", () => {
  const editing = shop();
  setReviewed(editing, "2026-11-22", "Ada");
  expect(treeOfDoc(editing.doc)).toMatchObject({ reviewed: "2026-11-22", reviewed_by: "Ada" });
  editing.undo();
  expect(treeOfDoc(editing.doc)).toEqual(treeOfDoc(shop().doc));
});

test("a map shows another one in detail, or one step of it", () => {
  const editing = shop();
  setParent(editing, "life", "buy");
  expect(treeOfDoc(editing.doc).parent).toEqual({ map: "life", step: "buy" });
  setParent(editing, "life");
  expect(treeOfDoc(editing.doc).parent).toEqual({ map: "life" });
  setParent(editing, undefined);
  expect(treeOfDoc(editing.doc)).not.toHaveProperty("parent");
});
