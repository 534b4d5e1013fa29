import { type Place, placeName } from "./places";

/** Where the person is, and whether they write there. */
export interface Selected {
  readonly place: Place;
  readonly name: string;
  /** Undefined: they do not write; else what they write begins with. */
  readonly writing: string | undefined;
}

/** Holds the place that is selected; each cell of the grid asks only whether it is that one. */
export class Selection {
  #selected: Selected;
  readonly #listeners = new Set<() => void>();

  constructor(place: Place = { kind: "map" }) {
    this.#selected = { place, name: placeName(place), writing: undefined };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly selected = (): Selected => this.#selected;

  /** Go to a place. */
  go(place: Place): void {
    const name = placeName(place);
    if (name !== this.#selected.name || this.#selected.writing !== undefined) {
      this.#set({ place, name, writing: undefined });
    }
  }

  /** Write at a place, beginning with some letters that were typed. */
  write(place: Place = this.#selected.place, letters = ""): void {
    this.#set({ place, name: placeName(place), writing: letters });
  }

  /** Stop writing. */
  rest(): void {
    if (this.#selected.writing !== undefined) this.#set({ ...this.#selected, writing: undefined });
  }

  #set(selected: Selected): void {
    this.#selected = selected;
    for (const listener of this.#listeners) listener();
  }
}
