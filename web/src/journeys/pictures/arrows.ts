import type { Curve, FlowMove, Point } from "../../base/api/schema.gen";

/** A curve as the data of an SVG path. */
export function lineOf(curve: Curve): string {
  const [start, ...rest] = curve.points;
  if (start === undefined) return "";
  const pieces = [`M${at(start)}`];
  for (let first = 0; first < rest.length; first += 3)
    pieces.push(
      `C${rest
        .slice(first, first + 3)
        .map(at)
        .join(" ")}`,
    );
  return pieces.join("");
}

export function headLength(move: FlowMove): number {
  return 6 + move.thickness * 0.75;
}

/** The curve of a move without the part that its head covers. */
export function shortened(move: FlowMove, length: number): Curve {
  const { points } = move.curve;
  const end = points.at(-1);
  const handle = points.at(-2);
  if (end === undefined || handle === undefined) return move.curve;
  const step = direction(move);
  const stop = { x: end.x - step.x * (length - 1), y: end.y - step.y * (length - 1) };
  return { points: [...points.slice(0, -2), { x: handle.x - (step.x * length) / 2, y: handle.y }, stop] };
}

/** The head of an arrow. */
export function arrowHead(move: FlowMove, length: number): string {
  const end = move.curve.points.at(-1);
  if (end === undefined) return "";
  const step = direction(move);
  const half = 3.4 + move.thickness * 0.62;
  const back = { x: end.x - step.x * length, y: end.y - step.y * length };
  const left = { x: back.x - step.y * half, y: back.y + step.x * half };
  const right = { x: back.x + step.y * half, y: back.y - step.x * half };
  return `M${at(end)}L${at(left)}L${at(right)}Z`;
}

/** The unit step in which the line arrives; a loop comes from above. */
function direction(move: FlowMove): Point {
  if (move.kind === "loop") return { x: 0, y: 1 };
  const start = move.curve.points[0];
  const end = move.curve.points.at(-1);
  return { x: start !== undefined && end !== undefined && end.x < start.x ? -1 : 1, y: 0 };
}

function at(point: Point): string {
  return `${point.x.toFixed(1)},${point.y.toFixed(1)}`;
}
