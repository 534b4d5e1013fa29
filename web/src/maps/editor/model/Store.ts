import type * as Y from "yjs";
import { type CellView, readCell } from "./cells";
import { holderOf, Living, type Things } from "./living";
import { AT, type Fields, GONE, isFields, KINDS, type Kind, type Plain, ROOT } from "./shape";
import { readThings, splitEntry } from "./things";
import { stepsOf } from "./tree";

const NOTHING: Fields = {};
/** What a change may change: 0 its own thing, 1 the order of steps, lanes and others around the cells too, 2 also what is there. */
type Reach = 0 | 1 | 2;
const AROUND_CELLS: ReadonlySet<Kind> = new Set<Kind>([
  "phases",
  "steps",
  "lanes",
  "personas",
  "metrics",
  "opportunities",
  "solutions",
  "tasks",
]);

/**
 * What a shared document says, for reading piece by piece: what did not change is the same object as before, so that
 * whoever shows it need not show it again.
 */
export class Store {
  readonly doc: Y.Doc;
  #things: Record<Kind, Map<string, Fields>>;
  #living: Living;
  #root: Fields;
  /** The things that removals have noted: a change of one may bring something back. */
  #noted: ReadonlySet<string>;
  readonly #lists = new Map<string, readonly string[]>();
  readonly #cells = new Map<string, CellView>();
  /** The places whose cell has not changed since it was read last. */
  readonly #fresh = new Set<string>();
  #byPlace = new Map<string, readonly string[]>();
  readonly #listeners = new Set<() => void>();

  constructor(doc: Y.Doc) {
    this.doc = doc;
    this.#things = readThings(doc) as unknown as Record<Kind, Map<string, Fields>>;
    this.#living = new Living(this.#things);
    this.#root = doc.getMap<Plain>(ROOT).toJSON() as Fields;
    this.#noted = notedIn(this.#things);
    this.#placeCells();
    doc.on("afterTransaction", this.#take);
  }

  /** Stop following the document. */
  close(): void {
    this.doc.off("afterTransaction", this.#take);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get living(): Living {
    return this.#living;
  }

  get things(): Things {
    return this.#things;
  }

  /** The fields of the map itself. */
  get root(): Fields {
    return this.#root;
  }

  /** What is stored of a thing; nothing where there is none. */
  fields(kind: Kind, id: string): Fields {
    return this.#things[kind].get(id) ?? NOTHING;
  }

  has(kind: Kind, id: string): boolean {
    return this.#living.isThere(kind, id);
  }

  /** The ids of the things that lie in another one, or in the map, in their order. */
  children(kind: Kind, holder = ""): readonly string[] {
    return this.#same(`${kind} ${holder}`, this.#living.children(kind, holder));
  }

  /** The ids of all steps, in the order of the map. */
  steps(): readonly string[] {
    return this.#same("steps", stepsOf(this.#living));
  }

  /** The ids of the cells of a lane at a step; more than one where two people made one at once. */
  cellsAt(lane: string, step: string): readonly string[] {
    return this.#byPlace.get(`${lane} ${step}`) ?? [];
  }

  /** What a lane says at a step. */
  cell(lane: string, step: string): CellView {
    const name = `${lane} ${step}`;
    const known = this.#cells.get(name);
    if (known !== undefined && this.#fresh.has(name)) return known;
    const found = readCell(this, this.cellsAt(lane, step), known);
    this.#cells.set(name, found);
    this.#fresh.add(name);
    return found;
  }

  readonly #take = (transaction: Y.Transaction): void => {
    let changed = false;
    let reach: Reach = 0;
    for (const kind of KINDS) {
      for (const entry of changedIn(transaction, this.doc.getMap<Plain>(kind))) {
        if (entry === null) continue;
        changed = true;
        reach = Math.max(reach, this.#read(kind, entry)) as Reach;
      }
    }
    const root = this.doc.getMap<Plain>(ROOT);
    if (changedIn(transaction, root).size > 0) {
      changed = true;
      this.#root = root.toJSON() as Fields;
    }
    if (!changed) return;
    if (reach > 0) this.#arrange(reach);
    for (const listener of this.#listeners) listener();
  };

  /** Take over one entry; says how far that reaches. */
  #read(kind: Kind, entry: string): Reach {
    const [id, name] = splitEntry(entry);
    if (name === undefined) return 0;
    const shared = this.doc.getMap<Plain>(kind);
    const { [name]: _, ...others } = this.#things[kind].get(id) ?? {};
    const fields: Fields = shared.has(entry) ? { ...others, [name]: shared.get(entry) as Plain } : others;
    if (Object.keys(fields).length > 0) this.#things[kind].set(id, fields);
    else this.#things[kind].delete(id);
    this.#forget(kind, id);
    if (name === GONE || (kind === "cells" && name === "step") || this.#noted.has(`${kind}/${id}`)) return 2;
    if (name !== AT) return 0;
    return AROUND_CELLS.has(kind) ? 1 : 2;
  }

  /** The cell in which a thing lies is to be read again. */
  #forget(kind: Kind, id: string): void {
    const claim = kind === "evidence" ? holderOf(this.fields(kind, id)) : id;
    const cell = kind === "cells" ? id : holderOf(this.fields(kind === "touchpoints" ? kind : "claims", claim));
    const fields = this.fields("cells", cell);
    this.#fresh.delete(`${holderOf(fields)} ${String(fields.step)}`);
  }

  #arrange(reach: Reach): void {
    if (reach > 1) this.#fresh.clear();
    this.#living = new Living(this.#things);
    this.#noted = notedIn(this.#things);
    this.#placeCells();
  }

  #placeCells(): void {
    const found = new Map<string, string[]>();
    for (const lane of this.#living.children("lanes")) {
      for (const cell of this.#living.children("cells", lane)) {
        const name = `${lane} ${String(this.fields("cells", cell).step)}`;
        const known = found.get(name);
        if (known === undefined) found.set(name, [cell]);
        else known.push(cell);
      }
    }
    this.#byPlace = found;
  }

  #same(name: string, list: readonly string[]): readonly string[] {
    const known = this.#lists.get(name);
    if (known !== undefined && known.length === list.length && known.every((each, place) => each === list[place])) {
      return known;
    }
    this.#lists.set(name, list);
    return list;
  }
}

function changedIn(transaction: Y.Transaction, shared: Y.Map<Plain>): ReadonlySet<string | null> {
  const changed: ReadonlyMap<unknown, ReadonlySet<string | null>> = transaction.changed;
  return changed.get(shared) ?? new Set();
}

function notedIn(things: Things): ReadonlySet<string> {
  const found = new Set<string>();
  for (const kind of KINDS) {
    for (const said of things[kind].values()) {
      if (isFields(said[GONE])) for (const each of Object.keys(said[GONE])) found.add(each);
    }
  }
  return found;
}
