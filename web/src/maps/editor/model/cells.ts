import type { Fields, Kind } from "./shape";

/** One thing that a cell says, with the id that it has in the shared document. */
export interface ClaimView {
  readonly id: string;
  readonly text: string;
  readonly fields: Fields;
  readonly evidence: readonly EntryView[];
}

/** An entry with the id that it has in the shared document. */
export interface EntryView {
  readonly id: string;
  readonly fields: Fields;
}

/** What a lane says at a step. */
export interface CellView {
  readonly ids: readonly string[];
  readonly claims: readonly ClaimView[];
  readonly touchpoints: readonly EntryView[];
  /** The fields of the cell itself; of several cells the first that has one counts. */
  readonly fields: Fields;
  /** Everything that it was made of, to know whether it is still the same. */
  readonly parts: readonly unknown[];
}

/** What a cell is read from. */
interface Source {
  fields(kind: Kind, id: string): Fields;
  children(kind: Kind, holder?: string): readonly string[];
}

/** What cells of one place say together; the same object as before where nothing changed. */
export function readCell(source: Source, ids: readonly string[], before: CellView | undefined): CellView {
  const parts = ids.flatMap((id) => [
    id,
    source.fields("cells", id),
    ...source
      .children("claims", id)
      .flatMap((claim) => [
        claim,
        source.fields("claims", claim),
        ...source.children("evidence", claim).flatMap((each) => [each, source.fields("evidence", each)]),
      ]),
    ...source.children("touchpoints", id).flatMap((each) => [each, source.fields("touchpoints", each)]),
  ]);
  if (before !== undefined && isSame(before.parts, parts)) return before;
  return {
    ids,
    parts,
    claims: ids.flatMap((id) => source.children("claims", id).map((claim) => readClaim(source, claim))),
    touchpoints: ids.flatMap((id) => entries(source, "touchpoints", id)),
    fields: Object.assign({}, ...ids.map((id) => source.fields("cells", id)).reverse()) as Fields,
  };
}

function readClaim(source: Source, id: string): ClaimView {
  const fields = source.fields("claims", id);
  return { id, text: String(fields.text ?? ""), fields, evidence: entries(source, "evidence", id) };
}

function entries(source: Source, kind: Kind, holder: string): readonly EntryView[] {
  return source.children(kind, holder).map((id) => ({ id, fields: source.fields(kind, id) }));
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((each, place) => each === other[place]);
}
