import type { FindingPlace } from "../../base/api/schema.gen";
import { type Place, placeName } from "../editor/places";
import type { MapOutline } from "../readMap";
import type { About } from "./threads";

/** A place of the map that a finding is at: what it is, and what the editor calls it in the address. */
export interface PlaceOfFinding {
  readonly about: About;
  readonly at: string;
}

/** Where a finding is; undefined: it is of the whole map, or of something that has no place in the drawing. */
export function placeOfFinding(outline: MapOutline, at: FindingPlace | null): PlaceOfFinding | undefined {
  const place = at === null ? undefined : placed(outline, at);
  return place === undefined || at === null
    ? undefined
    : { about: { kind: place.kind, id: at.id }, at: placeName(place) };
}

function placed(outline: MapOutline, { kind, id }: FindingPlace): Place | undefined {
  if (kind === "phase") return { kind, phase: id };
  if (kind === "step") return { kind, step: id };
  if (kind === "lane") return { kind, lane: id };
  if (kind !== "cell") return undefined;
  const lane = outline.lanes.find((each) => each.cells.some((cell) => cell.id === id));
  const step = lane?.cells.find((cell) => cell.id === id)?.step;
  return lane === undefined || step === undefined ? undefined : { kind, lane: lane.id, step };
}
