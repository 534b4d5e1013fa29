import { laneLabel } from "./grid/LaneHead";
import type { Store } from "./model/Store";
import type { Place } from "./places";
import type { EditorWords } from "./words.en";

/** What a place is called; a cell by its lane and its step. */
export function placeTitle(store: Store, place: Place, words: EditorWords): string {
  const step = (id: string): string => String(store.fields("steps", id).name ?? "");
  if (place.kind === "map") return String(store.root.title ?? "");
  if (place.kind === "phase") return String(store.fields("phases", place.phase).name ?? "");
  if (place.kind === "step") return step(place.step);
  const lane = laneLabel(store.fields("lanes", place.lane), words.laneRoles);
  return place.kind === "lane" ? lane : `${lane}, ${step(place.step)}`;
}
