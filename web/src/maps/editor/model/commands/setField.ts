import type { Editing } from "../Editing";
import type { Kind, Plain, ROOT } from "../shape";

/** Write one field of a thing; undefined takes it away. */
export function setField(
  editing: Editing,
  kind: Kind | typeof ROOT,
  id: string,
  field: string,
  value: Plain | undefined,
): void {
  const known = kind === "map" ? editing.store.root[field] : editing.store.fields(kind, id)[field];
  if (JSON.stringify(known) === JSON.stringify(value)) return;
  editing.change((pen) => pen.set(kind, id, field, value), `${kind} ${id} ${field}`);
}
