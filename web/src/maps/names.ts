import type { MapsWords } from "./words.en";

/** The levels of maps, the highest first. */
export const LEVELS = ["life-cycle", "journey", "service-transaction", "perception-point", "process-step"] as const;
export type Level = (typeof LEVELS)[number];

/** As it is, or as it shall be. */
export const STATES = ["current", "future"] as const;
export type State = (typeof STATES)[number];

/** The name of a level; one that nobody knows is itself. */
export function levelName(words: MapsWords, level: string): string {
  return words.levels[level as keyof MapsWords["levels"]] ?? level;
}

/** The name of a state; one that nobody knows is itself. */
export function stateName(words: MapsWords, state: string): string {
  return words.states[state as keyof MapsWords["states"]] ?? state;
}
