import type * as Y from "yjs";
import { Living, placeOf } from "./living";
import { ownPlace } from "./ordering";
import type { Store } from "./Store";
import { AT, type Fields, GONE, type Kind, type Plain, ROOT, storedName } from "./shape";
import { readThings } from "./things";

/** Where a thing goes: behind another one of the same holder, or at the beginning. */
export interface Spot {
  readonly holder: string;
  readonly after: string | undefined;
}

interface Placed {
  readonly id: string;
  readonly place: string;
}

interface Made {
  readonly kind: Kind;
  readonly id: string;
  readonly at: readonly [string, string];
  readonly fields: Fields;
}

/**
 * Collects what a command wants, then writes it. What is new is made as removed first, and then, as the step that can be
 * undone, put in: so undoing it removes it only if nobody else has worked in it.
 */
export class Pen {
  readonly store: Store;
  readonly #letters: () => string;
  readonly #makes: Made[] = [];
  readonly #writes: ((doc: Y.Doc) => void)[] = [];
  readonly #removes: { readonly kind: Kind; readonly id: string }[] = [];
  readonly #spots = new Map<string, readonly Placed[]>();

  constructor(store: Store, letters: () => string) {
    this.store = store;
    this.#letters = letters;
  }

  get isIdle(): boolean {
    return this.#makes.length === 0 && this.#writes.length === 0 && this.#removes.length === 0;
  }

  /** An id that nothing has or had. */
  freshId(start: string): string {
    return `${start}${start.endsWith(".") ? "" : "-"}${this.#letters()}`;
  }

  /** The end of what a thing, or the map, lists. */
  end(kind: Kind, holder: string): Spot {
    return { holder, after: this.#listed(kind, holder).at(-1)?.id };
  }

  /** Make a thing, its fields as they are stored. Gives its id. */
  create(kind: Kind, id: string, spot: Spot, fields: Fields): string {
    const at: readonly [string, string] = [spot.holder, this.#place(kind, id, spot)];
    const known = this.store.fields(kind, id);
    if (AT in known) {
      this.#put(kind, id, AT, at);
      for (const [name, value] of Object.entries(fields)) this.#put(kind, id, name, value);
      if (GONE in known) this.#put(kind, id, GONE, undefined);
    } else {
      this.#makes.push({ kind, id, at, fields });
      this.#put(kind, id, GONE, undefined);
    }
    return id;
  }

  /** Write a field of a thing, or of the map; undefined takes it away. */
  set(kind: Kind | typeof ROOT, id: string, field: string, value: Plain | undefined): void {
    this.#put(kind, id, storedName(field), value);
  }

  /** Put a thing into another place. */
  move(kind: Kind, id: string, spot: Spot): void {
    this.#put(kind, id, AT, [spot.holder, this.#place(kind, id, spot)]);
  }

  /** Remove a thing with all that it holds. */
  remove(kind: Kind, id: string): void {
    this.#removes.push({ kind, id });
  }

  /** Make what is new, as removed. */
  make(doc: Y.Doc): void {
    if (this.#makes.length === 0) return;
    for (const { kind, id, at, fields } of this.#makes) {
      const shared = doc.getMap<Plain>(kind);
      shared.set(`${id}/${AT}`, [...at]);
      for (const [name, value] of Object.entries(fields)) shared.set(`${id}/${name}`, value);
    }
    const living = new Living(readThings(doc));
    for (const { kind, id } of this.#makes) doc.getMap<Plain>(kind).set(`${id}/${GONE}`, living.seen(kind, id));
  }

  /** Write the rest. */
  write(doc: Y.Doc): void {
    for (const write of this.#writes) write(doc);
    if (this.#removes.length === 0) return;
    const living = new Living(readThings(doc));
    for (const { kind, id } of this.#removes) doc.getMap<Plain>(kind).set(`${id}/${GONE}`, living.seen(kind, id));
  }

  #put(kind: Kind | typeof ROOT, id: string, name: string, value: Plain | undefined): void {
    const entry = kind === ROOT ? name : `${id}/${name}`;
    this.#writes.push((doc) => {
      const shared = doc.getMap<Plain>(kind);
      if (value === undefined) shared.delete(entry);
      else shared.set(entry, value);
    });
  }

  #place(kind: Kind, id: string, spot: Spot): string {
    const others = this.#listed(kind, spot.holder).filter((each) => each.id !== id);
    const index = spot.after === undefined ? 0 : others.findIndex((each) => each.id === spot.after) + 1;
    const place = ownPlace(others[index - 1]?.place, others[index]?.place, this.#letters().slice(0, 2));
    others.splice(index, 0, { id, place });
    this.#spots.set(`${kind} ${spot.holder}`, others);
    return place;
  }

  #listed(kind: Kind, holder: string): readonly Placed[] {
    const known = this.#spots.get(`${kind} ${holder}`);
    return (
      known ?? this.store.children(kind, holder).map((id) => ({ id, place: placeOf(this.store.fields(kind, id)) }))
    );
  }
}
