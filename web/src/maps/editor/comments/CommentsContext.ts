import { createContext, type RefObject, use } from "react";
import { type About, aboutName } from "../../panels/threads";
import { holderOf } from "../model/living";
import type { Store } from "../model/Store";
import type { Place } from "../places";

/** What is beside the grid: the details of what is selected, or the comments on it. */
export type Side = "details" | "comments";

/** What the grid and what is beside it know of the comments on a map. */
export interface MapComments {
  readonly side: Side;
  readonly choose: (side: Side) => void;
  /** By place, named as `aboutName` says, how many threads are not settled. */
  readonly open: ReadonlyMap<string, number>;
  /** Show the threads of a place beside the grid. */
  readonly show: (place: Place) => void;
  /** Counts how often somebody wanted to write one with the keyboard. */
  readonly asked: number;
  /** The place whose field to write in still has to get the focus. */
  readonly wantsFocus: RefObject<string | undefined>;
}

export const CommentsContext = createContext<MapComments>({
  side: "details",
  choose: () => undefined,
  open: new Map(),
  show: () => undefined,
  asked: 0,
  wantsFocus: { current: undefined },
});

/** How many threads about a place are not settled; of a cell those of all that lie there. */
export function useOpenThreadsAt(place: Place, ids: readonly string[]): number {
  const { open } = use(CommentsContext);
  return aboutsOf(place, ids).reduce((sum, each) => sum + (open.get(aboutName(each)) ?? 0), 0);
}

/** What comments on a place are about; `ids`: the cells that lie there. */
export function aboutsOf(place: Place, ids: readonly string[]): readonly About[] {
  if (place.kind === "map") return [{ kind: "map", id: "" }];
  if (place.kind === "phase") return [{ kind: "phase", id: place.phase }];
  if (place.kind === "step") return [{ kind: "step", id: place.step }];
  if (place.kind === "lane") return [{ kind: "lane", id: place.lane }];
  return ids.map((id) => ({ kind: "cell", id }));
}

/** The place of the grid that a comment is about; undefined: it is no longer there. */
export function placeAbout(store: Store, { kind, id }: About): Place | undefined {
  if (kind === "map") return { kind };
  if (kind === "phase") return store.has("phases", id) ? { kind, phase: id } : undefined;
  if (kind === "step") return store.has("steps", id) ? { kind, step: id } : undefined;
  if (kind === "lane") return store.has("lanes", id) ? { kind, lane: id } : undefined;
  if (!store.has("cells", id)) return undefined;
  const fields = store.fields("cells", id);
  return { kind, lane: holderOf(fields), step: String(fields.step) };
}
