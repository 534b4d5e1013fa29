/** A value over time with its interval, as the server gives it. */
export interface TimedValue {
  readonly name: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly is_over: boolean;
}

/** Where a value stands in a picture. */
export interface Point {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  readonly isOver: boolean;
}

const MARGIN = 6;

/** The places of values in a picture; those without a value are left out, the scale is that of values and intervals. */
export function points(values: readonly TimedValue[], width: number, height: number): readonly Point[] {
  const known = values.flatMap((each) =>
    [each.value, each.low, each.high].filter((one): one is number => one !== null),
  );
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const range = most - least || 1;
  const y = (value: number): number => height - MARGIN - ((value - least) / range) * (height - 2 * MARGIN);
  const gap = (width - 2 * MARGIN) / Math.max(1, values.length - 1);
  return values.flatMap((each, place) =>
    each.value === null
      ? []
      : [
          {
            name: each.name,
            x: MARGIN + place * gap,
            y: y(each.value),
            low: y(each.low ?? each.value),
            high: y(each.high ?? each.value),
            isOver: each.is_over,
          },
        ],
  );
}

/** The points of a polyline. */
export function line(shown: readonly Point[]): string {
  return shown.map((each) => `${each.x.toFixed(1)},${each.y.toFixed(1)}`).join(" ");
}
