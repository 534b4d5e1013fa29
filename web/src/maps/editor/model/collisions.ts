import * as Y from "yjs";
import { KINDS, type Kind, type Plain, ROOT, type Root, treeName } from "./shape";
import { splitEntry } from "./things";

/** A field that two people wrote while they could not see each other: one of both counts, the other is in no version. */
export interface Collision {
  readonly kind: Kind | Root;
  /** Of the thing; "" of the map itself. */
  readonly id: string;
  readonly field: string;
  readonly counts: Plain | undefined;
  readonly lost: Plain | undefined;
  /** Whose value counts. */
  readonly stands: "mine" | "theirs";
}

type Values = ReadonlyMap<string, Plain>;

/** What a document said when its editor was alone, to find what others wrote at the same places meanwhile. */
export class Alone {
  readonly #before = new Y.Doc();
  /** What was written here and counts, by name. */
  readonly #written = new Map<string, Plain | undefined>();

  constructor(doc: Y.Doc) {
    Y.applyUpdate(this.#before, Y.encodeStateAsUpdate(doc));
  }

  /** Bring in what the room had when this editor came back; gives the fields that both wrote. */
  join(doc: Y.Doc, update: Uint8Array, origin: unknown): readonly Collision[] {
    const base = valuesOf(this.#before);
    const mine = valuesOf(doc);
    Y.applyUpdate(this.#before, update);
    const theirs = valuesOf(this.#before);
    Y.applyUpdate(doc, update, origin);
    const now = valuesOf(doc);
    this.#before.destroy();
    return [...new Set([...mine.keys(), ...base.keys()])].flatMap((name) => {
      if (isSame(base.get(name), mine.get(name))) return [];
      const stands = isSame(now.get(name), mine.get(name)) ? "mine" : "theirs";
      if (stands === "mine") this.#written.set(name, mine.get(name));
      if (isSame(base.get(name), theirs.get(name)) || isSame(mine.get(name), theirs.get(name))) return [];
      return collision(name, stands, now.get(name), (stands === "mine" ? theirs : mine).get(name));
    });
  }

  /** Bring in what somebody changed who was alone too, and came back later; gives what of here does not count any more. */
  follow(doc: Y.Doc, update: Uint8Array, origin: unknown): readonly Collision[] {
    for (const [name, mine] of this.#written) {
      if (!isSame(entryOf(doc, name), mine)) this.#written.delete(name);
    }
    Y.applyUpdate(doc, update, origin);
    return [...this.#written].flatMap(([name, mine]) => {
      const now = entryOf(doc, name);
      if (isSame(now, mine)) return [];
      this.#written.delete(name);
      return collision(name, "theirs", now, mine);
    });
  }
}

function isSame(one: Plain | undefined, other: Plain | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function entryOf(doc: Y.Doc, name: string): Plain | undefined {
  const [kind, entry] = JSON.parse(name) as [Kind | Root, string];
  return doc.getMap<Plain>(kind).get(entry);
}

function collision(
  name: string,
  stands: Collision["stands"],
  counts: Plain | undefined,
  lost: Plain | undefined,
): readonly Collision[] {
  const [kind, entry] = JSON.parse(name) as [Kind | Root, string];
  const [id, stored] = kind === ROOT ? ["", entry] : splitEntry(entry);
  const field = stored === undefined ? undefined : treeName(stored);
  return field === undefined ? [] : [{ kind, id, field, counts, lost, stands }];
}

/** Every entry of a document by its kind and name. */
function valuesOf(doc: Y.Doc): Values {
  const found = new Map<string, Plain>();
  for (const kind of [ROOT, ...KINDS]) {
    doc.getMap<Plain>(kind).forEach((value, entry) => {
      found.set(JSON.stringify([kind, entry]), value);
    });
  }
  return found;
}
