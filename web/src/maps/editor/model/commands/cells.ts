import type { Editing } from "../Editing";
import { holderOf } from "../living";
import type { Pen } from "../Pen";
import { AT, type Kind, type Plain, SHORT } from "../shape";

const LONGEST_ID = 63;

/** The cell of a lane at a step, made where there is none. Two people who make it at once make the same. */
export function cellFor(pen: Pen, lane: string, step: string): string {
  const known = pen.store.cellsAt(lane, step)[0];
  if (known !== undefined) return known;
  const wanted = `${lane}-${step}`;
  const taken = pen.store.fields("cells", wanted);
  const isFree = !(AT in taken) || (holderOf(taken) === lane && taken.step === step);
  const id = isFree && wanted.length <= LONGEST_ID ? wanted : pen.freshId("cell");
  return pen.create("cells", id, pen.end("cells", lane), { step });
}

/** Make the cell of a lane at a step where there is none; gives its id. */
export function makeCell(editing: Editing, lane: string, step: string): string {
  const [known] = editing.store.cellsAt(lane, step);
  if (known !== undefined) return known;
  let made = "";
  editing.change((pen) => {
    made = cellFor(pen, lane, step);
  });
  return made;
}

/** Say how somebody feels at a step, from -2 to 2, and in a word; undefined takes it away. */
export function setEmotion(
  editing: Editing,
  lane: string,
  step: string,
  said: { readonly emotion?: number | undefined; readonly word?: string | undefined },
): void {
  setCell(editing, lane, step, {
    ...("emotion" in said && { emotion: said.emotion === undefined ? undefined : clamped(said.emotion, -2, 2) }),
    ...("word" in said && { word: said.word?.trim() === "" ? undefined : said.word?.trim() }),
  });
}

/** Say how much is at stake at a step, from 1 to 5. */
export function setTension(editing: Editing, lane: string, step: string, tension: number | undefined): void {
  setCell(editing, lane, step, { tension: tension === undefined ? undefined : clamped(tension, 1, 5) });
}

/** Show a picture at a step; undefined takes it away. */
export function setPicture(
  editing: Editing,
  lane: string,
  step: string,
  picture: { readonly source: string; readonly alternative?: string } | undefined,
): void {
  setCell(editing, lane, step, { picture });
}

/** Let a cell span the steps until another one; undefined: only its own. */
export function setUntil(editing: Editing, lane: string, step: string, until: string | undefined): void {
  setCell(editing, lane, step, { until: until === step ? undefined : until });
}

/** Write fields of the cell of a lane at a step. */
export function setCell(
  editing: Editing,
  lane: string,
  step: string,
  fields: { readonly [field: string]: Plain | undefined },
): void {
  editing.change(
    (pen) => {
      const known = pen.store.cellsAt(lane, step);
      if (known.length === 0 && Object.values(fields).every((each) => each === undefined)) return;
      const cell = cellFor(pen, lane, step);
      for (const [field, value] of Object.entries(fields)) pen.set("cells", cell, field, value);
    },
    `cell ${lane} ${step} ${Object.keys(fields).join()}`,
  );
}

/** Remove what a lane says at a step. */
export function clearCell(editing: Editing, lane: string, step: string): void {
  editing.change((pen) => {
    for (const cell of pen.store.cellsAt(lane, step)) pen.remove("cells", cell);
  });
}

/** Add an entry without an id of its own (claim, evidence, touchpoint) at the end of what holds it; gives its id. */
export function addEntry(pen: Pen, kind: Kind, holder: string, fields: { readonly [name: string]: Plain }): string {
  return pen.create(kind, pen.freshId(`${holder}.`), pen.end(kind, holder), fields);
}

/** A claim that is only its text. */
export function shortClaim(text: string): { readonly [name: string]: Plain } {
  return { text, [SHORT]: true };
}

function clamped(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, Math.round(value * 100) / 100));
}
