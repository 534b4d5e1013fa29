import type { Awareness } from "y-protocols/awareness";

/** Somebody else who has the map open. */
export interface Present {
  readonly client: number;
  readonly name: string;
  readonly initials: string;
  /** A colour of Mantine; the name always stands beside it. */
  readonly color: string;
  /** Where they are, as `placeName` says. */
  readonly place: string | undefined;
  readonly isEditing: boolean;
}

const COLORS = ["grape", "blue", "orange", "pink", "indigo", "lime", "cyan", "red"] as const;

/** Everybody else, by name. */
export function presentIn(awareness: Awareness): readonly Present[] {
  return [...awareness.getStates()]
    .filter(([client]) => client !== awareness.clientID)
    .map(([client, state]) => {
      const user = state.user as { readonly name?: string } | undefined;
      const name = user?.name ?? "?";
      return {
        client,
        name,
        initials: initialsOf(name),
        color: COLORS[client % COLORS.length] ?? "blue",
        place: typeof state.place === "string" ? state.place : undefined,
        isEditing: state.isEditing === true,
      };
    })
    .sort((one, other) => one.name.localeCompare(other.name) || one.client - other.client);
}

/** At most two letters of a name. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== "");
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? "")][0] ?? "");
  return letters.join("").toUpperCase();
}

const NOBODY: readonly Present[] = [];

/** Follows who is where, for the whole grid at once. */
export class PresentStore {
  readonly #awareness: Awareness;
  readonly #listeners = new Set<() => void>();
  #all: readonly Present[] = NOBODY;
  #byPlace: ReadonlyMap<string, readonly Present[]> = new Map();

  constructor(awareness: Awareness) {
    this.#awareness = awareness;
    awareness.on("change", this.#take);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly all = (): readonly Present[] => this.#all;

  /** Who is at a place; the same list as before where that is so still. */
  at(place: string): readonly Present[] {
    return this.#byPlace.get(place) ?? NOBODY;
  }

  close(): void {
    this.#awareness.off("change", this.#take);
  }

  readonly #take = (): void => {
    const known = new Map(this.#all.map((each) => [JSON.stringify(each), each]));
    this.#all = presentIn(this.#awareness).map((each) => known.get(JSON.stringify(each)) ?? each);
    const before = this.#byPlace;
    const places = new Map<string, Present[]>();
    for (const each of this.#all) places.set(each.place ?? "", [...(places.get(each.place ?? "") ?? []), each]);
    this.#byPlace = new Map([...places].map(([place, here]) => [place, same(before.get(place), here)]));
    for (const listener of this.#listeners) listener();
  };
}

function same(before: readonly Present[] | undefined, now: readonly Present[]): readonly Present[] {
  return before?.length === now.length && before.every((each, index) => each === now[index]) ? before : now;
}
