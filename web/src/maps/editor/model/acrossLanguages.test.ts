import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import fromPython from "../../../../../tests/maps/together/shared/from_python.json";
import { Editing } from "./Editing";
import { commandLists, run } from "./testing/commands";
import { mapTrees } from "./testing/trees";
import { prepared, treeOfDoc, writeTree } from "./tree";

const FILE = "../../../../../tests/maps/together/shared/from_web.json";

function updated(update: string): Y.Doc {
  const doc = prepared(new Y.Doc());
  Y.applyUpdate(
    doc,
    Uint8Array.from(atob(update), (sign) => sign.charCodeAt(0)),
  );
  return doc;
}

function encoded(update: Uint8Array): string {
  return btoa(String.fromCharCode(...update));
}

/** What two people made of a random map, as an update and as a tree. */
function example(seed: number): { readonly update: string; readonly tree: unknown } {
  const docs = [1, 2].map((client) => {
    const doc = prepared(new Y.Doc());
    doc.clientID = client;
    return doc;
  }) as [Y.Doc, Y.Doc];
  const [tree] = fc.sample(mapTrees, { seed, numRuns: 1 });
  writeTree(docs[0], tree ?? {});
  Y.applyUpdate(docs[1], Y.encodeStateAsUpdate(docs[0]));
  docs.forEach((doc, place) => {
    let count = 0;
    const me = new Editing(doc, () => {
      count += 1;
      return `${String(place)}x${String(count)}`;
    });
    for (const command of fc.sample(commandLists, { seed: seed * 7 + place, numRuns: 3 }).flat()) run(me, command);
    me.undo();
  });
  Y.applyUpdate(docs[0], Y.encodeStateAsUpdate(docs[1]));
  return { update: encoded(Y.encodeStateAsUpdate(docs[0])), tree: treeOfDoc(docs[0]) };
}

describe("the shared document in both languages", () => {
  it.each(fromPython)("says here what it says in Python: $name", ({ update, tree }) => {
    expect(treeOfDoc(updated(update))).toEqual(tree);
  });

  it("says in Python what it says here: the examples that its tests read", async () => {
    const examples = Array.from({ length: 40 }, (_, seed) => example(seed + 1));
    await expect(`${JSON.stringify(examples, null, 1)}\n`).toMatchFileSnapshot(FILE);
  });
});
