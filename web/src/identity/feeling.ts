/** Five words for a feeling from −2 to 2. */
export type Feeling = "bad" | "poor" | "even" | "fair" | "good";

const BOUNDS: readonly (readonly [number, Feeling])[] = [
  [-1.2, "bad"],
  [-0.4, "poor"],
  [0.4, "even"],
  [1.2, "fair"],
];

export function feelingOf(value: number): Feeling {
  return BOUNDS.find(([bound]) => value < bound)?.[1] ?? "good";
}
