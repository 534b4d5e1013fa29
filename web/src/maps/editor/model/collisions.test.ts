import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { Alone, type Collision } from "./collisions";
import { Editing, MINE } from "./Editing";
import { KINDS, type Plain, ROOT, treeName } from "./shape";
import { commandLists, run } from "./testing/commands";
import { MAPS, mapTrees } from "./testing/trees";
import { splitEntry } from "./things";
import { prepared, type Tree, writeTree } from "./tree";

function editing(tree: Tree): Editing {
  const doc = prepared(new Y.Doc());
  writeTree(doc, tree);
  return new Editing(doc);
}

function replica(of: Editing): Editing {
  const doc = prepared(new Y.Doc());
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(of.doc));
  return new Editing(doc);
}

/** What two people change without seeing each other; then the first one is told what the other one did. */
function apart(tree: Tree, mine: (me: Editing) => void, theirs: (other: Editing) => void) {
  const me = editing(tree);
  const other = replica(me);
  const base = entriesOf(me);
  const alone = new Alone(me.doc);
  mine(me);
  theirs(other);
  const said = { base, mine: entriesOf(me), theirs: entriesOf(other) };
  const update = Y.encodeStateAsUpdate(other.doc, Y.encodeStateVector(me.doc));
  const collisions = alone.join(me.doc, update, "room");
  return { ...said, collisions, now: entriesOf(me) };
}

function entriesOf({ doc }: Editing): Readonly<Record<string, Plain | undefined>> {
  const kinds = [ROOT, ...KINDS] as const;
  return Object.fromEntries(
    kinds.flatMap((kind) => [...doc.getMap<Plain>(kind).entries()].map(([name, value]) => [`${kind} ${name}`, value])),
  );
}

function nameOf({ kind, id, field }: Collision): string {
  return kind === ROOT ? `${kind} ${field}` : `${kind} ${id}/${field}`;
}

/** Whether an entry is a field of the tree, not a place or the mark of a removal. */
function isField(name: string): boolean {
  const entry = name.slice(name.indexOf(" ") + 1);
  const field = name.startsWith(`${ROOT} `) ? entry : splitEntry(entry)[1];
  return field !== undefined && treeName(field) === field;
}

const rename = (name: string) => (each: Editing) => {
  each.doc.transact(() => each.doc.getMap<Plain>("steps").set("look/name", name), MINE);
};

describe("what two people wrote at one place", () => {
  it("is told with what counts and what does not", () => {
    const { collisions, now } = apart(MAPS.shop, rename("Mine"), rename("Theirs"));
    const counts = now["steps look/name"];
    const [lost, stands] = counts === "Mine" ? ["Theirs", "mine"] : ["Mine", "theirs"];
    expect(collisions).toEqual([{ kind: "steps", id: "look", field: "name", counts, lost, stands }]);
  });

  it.each([
    ["only one of them wrote it", () => undefined],
    ["both wrote the same", rename("Mine")],
  ])("is not told where %s", (_, theirs) => {
    expect(apart(MAPS.shop, rename("Mine"), theirs).collisions).toEqual([]);
  });

  it("is told to whoever came back first too, when the other one comes back and counts", () => {
    const first = editing(MAPS.shop);
    const second = replica(first);
    const room = replica(first);
    const [one, two] = [new Alone(first.doc), new Alone(second.doc)];
    rename("First")(first);
    rename("Second")(second);
    const missing = (from: Editing, to: Editing) => Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc));
    expect(one.join(first.doc, missing(room, first), "room")).toEqual([]);
    Y.applyUpdate(room.doc, missing(first, room));
    const told = [
      two.join(second.doc, missing(room, second), "room"),
      one.follow(first.doc, missing(second, first), "room"),
    ];
    const counts = entriesOf(first)["steps look/name"];
    expect(told.flat().map((each) => [each.stands, each.counts, each.lost])).toEqual(
      counts === "Second"
        ? [
            ["mine", "Second", "First"],
            ["theirs", "Second", "First"],
          ]
        : [["theirs", "First", "Second"]],
    );
  });

  it("is in the map or told, whatever they did", () => {
    fc.assert(
      fc.property(mapTrees, commandLists, commandLists, (tree, mine, theirs) => {
        const said = apart(
          tree,
          (me) => {
            for (const each of mine) run(me, each);
          },
          (other) => {
            for (const each of theirs) run(other, each);
          },
        );
        const lost = new Map(said.collisions.map((each) => [nameOf(each), each.lost]));
        for (const side of [said.mine, said.theirs]) {
          for (const name of Object.keys({ ...said.base, ...side }).filter(isField)) {
            if (JSON.stringify(side[name]) === JSON.stringify(said.base[name])) continue;
            const kept = lost.has(name) && JSON.stringify(said.now[name]) !== JSON.stringify(side[name]);
            expect(kept ? lost.get(name) : said.now[name]).toEqual(side[name]);
          }
        }
      }),
    );
  });
});
