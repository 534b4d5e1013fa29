import { expect, test } from "vitest";
import * as Y from "yjs";
import { Editing } from "../Editing";
import { writeTree } from "../tree";
import { following, setFollowing, toggleFollowing } from "./following";

function editing(next?: readonly string[]): Editing {
  const found = new Editing(new Y.Doc());
  const steps = ["look", "pay", "wait"].map((id) => ({ id, name: id }));
  writeTree(found.doc, { title: "Shop", phases: [{ id: "buy", name: "Buy", steps }] });
  if (next !== undefined) setFollowing(found, "look", next);
  return found;
}

test.each([
  ["a branch keeps the step after it", undefined, "wait", ["pay", "wait"]],
  ["a named way gets another one", ["wait"], "pay", ["wait", "pay"]],
  ["an end goes on", [], "wait", ["wait"]],
  ["a branch is taken away again", ["pay", "wait"], "wait", undefined],
  ["the last named way gives way to the step after it", ["wait"], "wait", undefined],
  ["a way to the step after it alone need not be said", [], "pay", undefined],
] as const)("%s", (_, before, to, next) => {
  const found = editing(before);
  toggleFollowing(found, "look", to);
  expect(found.store.fields("steps", "look").next).toEqual(next);
});

test("a way back is a loop beside the step after it, and is undone as one", () => {
  const found = editing();
  toggleFollowing(found, "pay", "look");
  expect(following(found, "pay")).toEqual(["wait", "look"]);
  found.undo();
  expect(found.store.fields("steps", "pay").next).toBeUndefined();
});
