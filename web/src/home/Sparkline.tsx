import { Tooltip } from "@mantine/core";
import type { ComponentProps } from "react";
import { Link } from "react-router";
import type { FigurePoint } from "../base/api/schema.gen";
import { useMay } from "../base/me";
import classes from "./Sparkline.module.css";

interface SparklineProps {
  readonly points: readonly FigurePoint[];
  /** What a screen reader says of the whole line. */
  readonly label: string;
  /** What is told of a point where the mouse is. */
  readonly told: (point: FigurePoint) => string;
  /** The address at which the journeys behind a point are open, for the mouse. */
  readonly opens?: (point: FigurePoint) => string | undefined;
  /** The first day of the period: the part before it is paler. */
  readonly from: string;
  readonly height?: number;
}

const WIDTH = 240;
const EDGE = 4;

/** A figure by week: the period strong, what was before it pale. */
export function Sparkline({ points, label, told, opens, from, height = 40 }: SparklineProps) {
  const seesCustomers = useMay("see_customers");
  const places = placed(points, height);
  const begin = Math.max(
    points.findIndex((each) => each.start >= from),
    0,
  );
  const last = points.findLastIndex((each) => each.value !== null);
  return (
    <div className={classes.frame} style={{ height }}>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
        <polyline className={classes.before} points={line(places.slice(0, begin + 1))} />
        <polyline className={classes.now} points={line(places.slice(begin))} />
      </svg>
      <div className={classes.hits} aria-hidden>
        {points.map((point, place) => (
          <Tooltip key={point.start} label={told(point)} openDelay={0}>
            <Hit to={point.value === null || !seesCustomers ? undefined : opens?.(point)} isLast={place === last}>
              {point.value !== null && (
                <span className={classes.dot} style={{ top: `${(100 * (places[place]?.y ?? 0)) / height}%` }} />
              )}
            </Hit>
          </Tooltip>
        ))}
      </div>
    </div>
  );
}

interface HitProps extends ComponentProps<"span"> {
  readonly to: string | undefined;
  readonly isLast: boolean;
}

/** Where the mouse finds a point; who works with keys asks for these days in Explore. */
function Hit({ to, isLast, children, ref, ...told }: HitProps) {
  const isLink = to !== undefined;
  return (
    <span {...told} ref={ref} className={classes.hit} data-last={isLast || undefined}>
      {children}
      {isLink && <Link to={to} tabIndex={-1} className={classes.open} />}
    </span>
  );
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly known: boolean;
}

/** Where the points lie; between the smallest and the largest value, at least a tenth of it apart. */
export function placed(points: readonly FigurePoint[], height: number): readonly Place[] {
  const values = points.flatMap((each) => (each.value === null ? [] : [each.value]));
  const low = Math.min(...values);
  const high = Math.max(...values);
  const span = Math.max(high - low, Math.abs(high) / 10, 1e-9);
  const middle = (low + high) / 2;
  const slot = WIDTH / points.length;
  return points.map(({ value }, place) => ({
    x: slot * (place + 0.5),
    y: value === null ? height / 2 : height / 2 - ((value - middle) / span) * (height - 2 * EDGE),
    known: value !== null,
  }));
}

function line(places: readonly Place[]): string {
  return places
    .filter((each) => each.known)
    .map((each) => `${each.x.toFixed(1)},${each.y.toFixed(1)}`)
    .join(" ");
}
