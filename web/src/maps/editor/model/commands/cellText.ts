import type { Editing } from "../Editing";
import type { Pen } from "../Pen";
import type { Fields, Kind } from "../shape";
import { cellFor, shortClaim } from "./cells";

/** What a cell says as text: each claim, or the name of each touchpoint, is a line. */
export function cellText(editing: Editing, lane: string, step: string): string {
  const { claims, touchpoints } = editing.store.cell(lane, step);
  return isOfTouchpoints(editing, lane)
    ? touchpoints.map((each) => String(each.fields.name)).join("\n")
    : claims.map((each) => each.text).join("\n");
}

/**
 * Write what a cell says, each line a claim (or a touchpoint). Lines that stay keep their evidence and their channel;
 * a line that was changed keeps them too where it stands between the same lines.
 */
export function setCellText(editing: Editing, lane: string, step: string, text: string, joins = true): void {
  const name = joins ? `text ${lane} ${step}` : undefined;
  editing.change((pen) => writeCellText(pen, lane, step, text), name);
}

/** {@link setCellText} as a part of a larger change. */
export function writeCellText(pen: Pen, lane: string, step: string, text: string): void {
  const kind: Kind = pen.store.fields("lanes", lane).role === "touchpoints" ? "touchpoints" : "claims";
  const field = kind === "claims" ? "text" : "name";
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const view = pen.store.cell(lane, step);
  const known = kind === "claims" ? view.claims : view.touchpoints;
  if (known.length === lines.length && known.every((each, place) => each.fields[field] === lines[place])) return;
  if (lines.length === 0 && isOnlyText(view.fields, kind, pen, view.ids)) {
    for (const id of view.ids) pen.remove("cells", id);
    return;
  }
  const cell = cellFor(pen, lane, step);
  const matched = matchLines(
    known.map((each) => String(each.fields[field])),
    lines,
  );
  let after: string | undefined;
  lines.forEach((line, place) => {
    const old = known[matched[place] ?? -1];
    if (old === undefined) {
      const fields = kind === "claims" ? shortClaim(line) : { name: line };
      after = pen.create(kind, pen.freshId(`${cell}.`), { holder: cell, after }, fields);
      return;
    }
    if (old.fields[field] !== line) pen.set(kind, old.id, field, line);
    after = old.id;
  });
  known.forEach((each, place) => {
    if (!matched.includes(place)) pen.remove(kind, each.id);
  });
}

/** For each line the place of the old line that it is, in the old order; undefined where it is new. */
export function matchLines(old: readonly string[], lines: readonly string[]): readonly (number | undefined)[] {
  const kept = commonLines(old, lines);
  const found: (number | undefined)[] = lines.map((_, place) => kept.get(place));
  lines.forEach((_, place) => {
    if (found[place] !== undefined) return;
    const candidate = place === 0 ? 0 : (found[place - 1] ?? Number.NaN) + 1;
    if (candidate < old.length && !found.includes(candidate)) found[place] = candidate;
  });
  return found;
}

/** The longest run of lines that both have in one order: place in the new ones to place in the old ones. */
function commonLines(old: readonly string[], lines: readonly string[]): ReadonlyMap<number, number> {
  const lengths = Array.from({ length: old.length + 1 }, () => new Array<number>(lines.length + 1).fill(0));
  const length = (row: number, column: number): number => lengths[row]?.[column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = lines.length - 1; column >= 0; column -= 1) {
      const best =
        old[row] === lines[column]
          ? length(row + 1, column + 1) + 1
          : Math.max(length(row + 1, column), length(row, column + 1));
      (lengths[row] as number[])[column] = best;
    }
  }
  const found = new Map<number, number>();
  let row = 0;
  let column = 0;
  while (row < old.length && column < lines.length) {
    if (old[row] === lines[column]) found.set(column++, row++);
    else if (length(row + 1, column) >= length(row, column + 1)) row += 1;
    else column += 1;
  }
  return found;
}

function isOfTouchpoints(editing: Editing, lane: string): boolean {
  return editing.store.fields("lanes", lane).role === "touchpoints";
}

/** Whether nothing is left of a cell when its text goes. */
function isOnlyText(fields: Fields, kind: Kind, pen: Pen, ids: readonly string[]): boolean {
  const others = ["emotion", "word", "tension", "picture", "opportunities"].some((name) => name in fields);
  const other: Kind = kind === "claims" ? "touchpoints" : "claims";
  return !others && ids.every((id) => pen.store.children(other, id).length === 0);
}
