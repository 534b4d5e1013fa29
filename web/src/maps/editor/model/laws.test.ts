import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { Editing } from "./Editing";
import type { Kind } from "./shape";
import { commandLists, run } from "./testing/commands";
import { MAPS, mapTrees } from "./testing/trees";
import { prepared, type Tree, treeOfDoc, writeTree } from "./tree";

function editing(tree: Tree, mark = "a"): Editing {
  const doc = prepared(new Y.Doc());
  writeTree(doc, tree);
  return new Editing(doc, counted(mark));
}

/** A replica of a document. */
function replica(of: Editing, mark: string): Editing {
  const doc = prepared(new Y.Doc());
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(of.doc));
  return new Editing(doc, counted(mark));
}

function counted(mark: string): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `${mark}${String(count)}x`;
  };
}

function exchange(one: Editing, other: Editing): void {
  Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(one.doc)));
  Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(one.doc, Y.encodeStateVector(other.doc)));
}

describe("a shared document", () => {
  it("says what the tree said that was written into it", () => {
    fc.assert(
      fc.property(mapTrees, (tree) => {
        expect(treeOfDoc(editing(tree).doc)).toEqual(tree);
      }),
    );
  });

  it("is after a command and its undoing what it was before, and after doing it again what it was after", () => {
    fc.assert(
      fc.property(mapTrees, commandLists, (tree, commands) => {
        const me = editing(tree);
        const states = [treeOfDoc(me.doc)];
        for (const command of commands) {
          me.part();
          const length = me.undoing.undoStack.length;
          run(me, command);
          if (me.undoing.undoStack.length > length) states.push(treeOfDoc(me.doc));
        }
        for (const state of states.slice(0, -1).reverse()) {
          me.undo();
          expect(treeOfDoc(me.doc)).toEqual(state);
        }
        for (const state of states.slice(1)) {
          me.redo();
          expect(treeOfDoc(me.doc)).toEqual(state);
        }
      }),
    );
  });

  it("comes to the same valid tree on two replicas, whatever both do", () => {
    fc.assert(
      fc.property(mapTrees, commandLists, commandLists, (tree, mine, theirs) => {
        const one = editing(tree);
        const other = replica(one, "b");
        for (const command of mine) run(one, command);
        for (const command of theirs) run(other, command);
        exchange(one, other);
        expect(treeOfDoc(one.doc)).toEqual(treeOfDoc(other.doc));
        expect(faults(treeOfDoc(one.doc))).toEqual([]);
      }),
    );
  });

  it("is read piece by piece as it is read at once", () => {
    fc.assert(
      fc.property(mapTrees, commandLists, (tree, commands) => {
        const me = editing(tree);
        for (const command of commands) run(me, command);
        const fresh = new Editing(me.doc);
        expect(me.store.steps()).toEqual(fresh.store.steps());
        expect(me.store.root).toEqual(fresh.store.root);
        for (const lane of fresh.store.children("lanes")) {
          for (const step of fresh.store.steps()) {
            expect(me.store.cell(lane, step)).toEqual(fresh.store.cell(lane, step));
          }
        }
      }),
    );
  });
});

describe("what one typed while the other removed it", () => {
  const tree = MAPS.shop;

  function both(mine: (me: Editing) => void, theirs: (them: Editing) => void): Tree {
    const one = editing(tree);
    const other = replica(one, "b");
    mine(one);
    theirs(other);
    exchange(one, other);
    expect(treeOfDoc(one.doc)).toEqual(treeOfDoc(other.doc));
    return treeOfDoc(one.doc);
  }

  it.each([
    [
      "a step moved into a phase that goes",
      { do: "moveStep", step: 2, phase: 0 },
      { do: "remove", kind: "phases", at: 0 },
    ],
    [
      "a text in a cell of a step that goes",
      { do: "text", lane: 0, step: 0, text: "Typed" },
      { do: "remove", kind: "steps", at: 0 },
    ],
    [
      "a text in a new cell of a lane that goes",
      { do: "text", lane: 0, step: 1, text: "Typed" },
      { do: "remove", kind: "lanes", at: 0 },
    ],
    [
      "a name of a step in a phase that goes",
      { do: "rename", kind: "steps", at: 0, name: "Typed" },
      { do: "remove", kind: "phases", at: 0 },
    ],
    [
      "evidence of a claim that goes",
      { do: "evidence", at: 0, source: "Typed" },
      { do: "text", lane: 0, step: 0, text: "" },
    ],
  ] as const)("%s is there", (_, mine, theirs) => {
    const found = JSON.stringify(
      both(
        (me) => run(me, mine),
        (them) => run(them, theirs),
      ),
    );
    expect(found).toContain(mine.do === "moveStep" ? '"id":"order"' : "Typed");
  });

  it("is there whatever is removed: every text that the other one typed last", () => {
    const removals = fc.array(
      fc.record({
        do: fc.constant("remove" as const),
        kind: fc.constantFrom<Kind>("phases", "steps", "lanes", "cells", "claims"),
        at: fc.nat(9),
      }),
      { maxLength: 6 },
    );
    const texts = fc.uniqueArray(fc.record({ lane: fc.nat(1), step: fc.nat(2) }), {
      minLength: 1,
      maxLength: 4,
      selector: ({ lane, step }) => lane * 10 + step,
    });
    fc.assert(
      fc.property(texts, removals, (places, removed) => {
        const one = editing(tree);
        const other = replica(one, "b");
        for (const { lane, step } of places) {
          run(one, { do: "text", lane, step, text: `Typed ${String(lane)} ${String(step)}` });
        }
        for (const command of removed) run(other, command);
        exchange(one, other);
        const found = JSON.stringify(treeOfDoc(other.doc));
        for (const { lane, step } of places) expect(found).toContain(`"Typed ${String(lane)} ${String(step)}"`);
      }),
    );
  });

  it("a removal that nobody worked against holds", () => {
    const found = both(
      (me) => run(me, { do: "remove", kind: "phases", at: 0 }),
      (them) => run(them, { do: "text", lane: 0, step: 2, text: "Typed" }),
    );
    expect((found.phases as readonly Tree[]).map((each) => each.id)).toEqual(["get"]);
  });

  it("undoing takes back one's own changes only", () => {
    const one = editing(tree);
    const other = replica(one, "b");
    run(one, { do: "rename", kind: "steps", at: 0, name: "Mine" });
    exchange(one, other);
    run(other, { do: "rename", kind: "steps", at: 1, name: "Theirs" });
    exchange(one, other);
    one.undo();
    exchange(one, other);
    expect(one.store.steps().map((step) => other.store.fields("steps", step).name)).toEqual([
      "Theirs",
      "I compare",
      "I order",
    ]);
  });

  it("undoing an added step keeps what somebody else wrote at it", () => {
    const one = editing(tree);
    const other = replica(one, "b");
    run(one, { do: "addStep", phase: 0, name: "New" });
    exchange(one, other);
    run(other, { do: "text", lane: 0, step: 0, text: "Typed" });
    exchange(one, other);
    one.undo();
    exchange(one, other);
    expect(JSON.stringify(treeOfDoc(one.doc))).toContain("Typed");
    expect(treeOfDoc(one.doc)).toEqual(treeOfDoc(other.doc));
  });
});

/** What the schema and the checks beyond it would say of steps, cells and ids. */
function faults(tree: Tree): readonly string[] {
  const things = (list: unknown): readonly Tree[] => (Array.isArray(list) ? (list as readonly Tree[]) : []);
  const steps = things(tree.phases).flatMap((phase) => things(phase.steps));
  const cells = things(tree.lanes).flatMap((lane) => things(lane.cells));
  const order = steps.map((step) => String(step.id));
  const ids = [...steps, ...cells, ...things(tree.phases), ...things(tree.lanes)].map((each) => String(each.id));
  return [
    ...ids.filter((id) => !/^[a-z0-9][a-z0-9-]{0,62}$/.test(id)),
    ...order.filter((id, place) => order.indexOf(id) !== place),
    ...cells.map((cell) => String(cell.id)).filter((id, place, all) => all.indexOf(id) !== place),
    ...steps
      .filter((step) => typeof step.name !== "string" || step.name === "")
      .map((step) => `name of ${String(step.id)}`),
    ...steps.flatMap((step) => (step.next as readonly string[] | undefined) ?? []).filter((id) => !order.includes(id)),
    ...cells.map((cell) => String(cell.step)).filter((id) => !order.includes(id)),
    ...cells
      .filter(
        (cell) => cell.until !== undefined && order.indexOf(String(cell.until)) < order.indexOf(String(cell.step)),
      )
      .map((cell) => `span of ${String(cell.id)}`),
  ];
}
