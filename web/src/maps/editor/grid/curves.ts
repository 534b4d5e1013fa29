import type { Store } from "../model/Store";
import type { Column } from "../places";

/** How high a row with a curve is, and how far its ends stay from the border, in pixels. */
export const HEIGHT = 148;
const MARGIN = 28;

/** The lowest and the highest value of a curve. */
export type Scale = readonly [number, number];

/** The scale of a role. */
export function scaleOf(role: string): Scale {
  return role === "tension" ? [1, 5] : [-2, 2];
}

/** Where a value stands, in pixels from above. */
export function heightOf(value: number, [low, high]: Scale): number {
  return MARGIN + ((high - value) / (high - low)) * (HEIGHT - 2 * MARGIN);
}

/** The value at a height, to a tenth. */
export function valueAt(height: number, [low, high]: Scale): number {
  const value = high - ((height - MARGIN) / (HEIGHT - 2 * MARGIN)) * (high - low);
  return Math.round(Math.min(high, Math.max(low, value)) * 10) / 10;
}

/** A point of a curve: the middle of its column in hundredths of columns, and its height. */
export interface Point {
  readonly step: string;
  readonly x: number;
  readonly y: number;
}

/** The points of what a lane says. */
export function pointsOf(store: Store, lane: string, columns: readonly Column[], role: string): readonly Point[] {
  const field = role === "tension" ? "tension" : "emotion";
  return columns.flatMap(({ step }, place) => {
    const value = step === undefined ? undefined : store.cell(lane, step).fields[field];
    return step !== undefined && typeof value === "number"
      ? [{ step, x: place * 100 + 50, y: heightOf(value, scaleOf(role)) }]
      : [];
  });
}

/** A smooth line through points, flat at each of them, so that it never goes beyond their values. */
export function lineThrough(points: readonly Point[]): string {
  return points
    .map((point, place) => {
      const before = points[place - 1];
      if (before === undefined) return `M${String(point.x)} ${String(point.y)}`;
      const middle = (before.x + point.x) / 2;
      return `C${[middle, before.y, middle, point.y, point.x, point.y].map(String).join(" ")}`;
    })
    .join("");
}
