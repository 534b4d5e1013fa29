import { following } from "../model/commands/following";
import type { Editing } from "../model/Editing";
import type { MeasuredSteps } from "./measuredSteps";

/** A step at which many journeys end that were to go on. */
export interface Moment {
  readonly step: string;
  readonly left: number;
  readonly reached: number;
  /** Of the journeys that came here. */
  readonly share: number;
}

/** The same rule as for a map that is made from data: `leaving` and `least_journeys` of `desireline.evidence.proposal_settings`. */
const LEAVING = 0.25;
const LEAST = 30;
const MOST = 2;

/** The steps that may be moments of truth: surely a quarter of the journeys ends there, short of an end of the map; the two largest. */
export function momentsOf(editing: Editing, measured: MeasuredSteps): readonly Moment[] {
  const found = [...measured.steps.values()].flatMap(({ id, left, reached }) => {
    if (typeof left !== "number" || typeof reached !== "number" || reached < LEAST) return [];
    const isEnd = !editing.store.has("steps", id) || following(editing, id).length === 0;
    return isEnd || lowest(left, reached) < LEAVING ? [] : [{ step: id, left, reached, share: left / reached }];
  });
  return found.toSorted((one, other) => other.share - one.share).slice(0, MOST);
}

/** The lower end of the 95 % interval of a share (Wilson 1927). */
function lowest(hits: number, of: number): number {
  const z = 1.959964;
  const share = hits / of;
  const spread = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return (share + (z * z) / (2 * of) - spread) / (1 + (z * z) / of);
}
