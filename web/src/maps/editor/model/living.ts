import { AT, type Fields, GONE, HOLDER, isFields, KINDS, type Kind } from "./shape";
import { stamp } from "./stamp";

/** By kind and id: what is stored. */
export type Things = Readonly<Record<Kind, ReadonlyMap<string, Fields>>>;

interface Address {
  readonly kind: Kind;
  readonly id: string;
}

/**
 * Answers which things are there, and in which order; the same rule as `desireline.maps.together.living`.
 *
 * A removal notes what the thing, and everything in it, said. It holds as long as that is still so. Where somebody else
 * worked in it meanwhile (wrote a claim, moved a step into the phase), it is there again, with all that it held: nothing
 * that was typed is lost silently, and every replica comes to the same.
 */
export class Living {
  readonly #things: Things;
  readonly #members = new Map<string, Address[]>();
  readonly #gone = new Map<string, boolean>();
  readonly #there = new Map<Fields, boolean>();
  readonly #children = new Map<string, readonly string[]>();

  constructor(things: Things) {
    this.#things = things;
    for (const kind of KINDS) {
      for (const [id, said] of things[kind]) {
        for (const holder of holders(kind, said)) {
          const inside = this.#members.get(key(holder));
          if (inside === undefined) this.#members.set(key(holder), [{ kind, id }]);
          else inside.push({ kind, id });
        }
      }
    }
  }

  /** The ids of the things of a kind that lie in another one (or, with "", in the map), in their order. */
  children(kind: Kind, holder = ""): readonly string[] {
    const name = `${kind} ${holder}`;
    const known = this.#children.get(name);
    if (known !== undefined) return known;
    const within = HOLDER[kind];
    const ids =
      within === undefined
        ? [...this.#things[kind].keys()]
        : (this.#members.get(key({ kind: within, id: holder })) ?? [])
            .filter((each) => each.kind === kind)
            .map(({ id }) => id);
    const there = ids.filter((id) => this.isThere(kind, id));
    if (there.length < 2) {
      this.#children.set(name, there);
      return there;
    }
    const found = there
      .map((id) => ({ id, place: placeOf(this.#things[kind].get(id)) }))
      .sort((one, other) => compare(one.place, other.place) || compare(one.id, other.id))
      .map(({ id }) => id);
    this.#children.set(name, found);
    return found;
  }

  /** Whether a thing and what holds it are there. */
  isThere(kind: Kind, id: string): boolean {
    const said = this.#things[kind].get(id);
    const known = said === undefined ? false : this.#there.get(said);
    if (known !== undefined) return known;
    const found =
      said !== undefined &&
      isPlaced(said) &&
      !this.isGone(kind, id) &&
      holders(kind, said).every((holder) => this.isThere(holder.kind, holder.id));
    if (said !== undefined) this.#there.set(said, found);
    return found;
  }

  /** Whether a thing was removed, and nobody worked in it meanwhile. */
  isGone(kind: Kind, id: string): boolean {
    const seen = this.#things[kind].get(id)?.[GONE];
    if (seen === undefined) return false;
    const name = key({ kind, id });
    const known = this.#gone.get(name);
    if (known !== undefined) return known;
    const found = isFields(seen) && this.#isAsSeen({ kind, id }, seen);
    this.#gone.set(name, found);
    return found;
  }

  /** What a removal now notes: the stamps of a thing and of everything in it. */
  seen(kind: Kind, id: string): Fields {
    return Object.fromEntries(
      this.#within({ kind, id }).map((each) => [key(each), stamp(this.#things[each.kind].get(each.id) ?? {})]),
    );
  }

  #within(address: Address): Address[] {
    return [address, ...(this.#members.get(key(address)) ?? []).flatMap((each) => this.#within(each))];
  }

  #isAsSeen(address: Address, seen: Fields): boolean {
    if (seen[key(address)] !== stamp(this.#things[address.kind].get(address.id) ?? {})) return false;
    return (this.#members.get(key(address)) ?? []).every(
      (each) => this.isGone(each.kind, each.id) || this.#isAsSeen(each, seen),
    );
  }
}

function holders(kind: Kind, said: Fields): readonly Address[] {
  const within = HOLDER[kind];
  if (within === undefined || !isPlaced(said)) return [];
  const holder = { kind: within, id: holderOf(said) };
  return kind === "cells" ? [holder, { kind: "steps", id: String(said.step) }] : [holder];
}

/** The id of what holds a thing. */
export function holderOf(said: Fields | undefined): string {
  const at = said?.[AT];
  return Array.isArray(at) ? String(at[0]) : "";
}

/** The place of a thing among those beside it. */
export function placeOf(said: Fields | undefined): string {
  const at = said?.[AT];
  return Array.isArray(at) ? String(at[1]) : "";
}

export function isPlaced(said: Fields): boolean {
  const at = said[AT];
  return Array.isArray(at) && at.length === 2 && at.every((each) => typeof each === "string");
}

function key({ kind, id }: Address): string {
  return `${kind}/${id}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
