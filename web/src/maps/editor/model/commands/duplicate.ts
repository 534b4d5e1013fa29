import type { Editing } from "../Editing";
import { holderOf } from "../living";
import type { Pen } from "../Pen";
import { AT, type Fields, GONE, type Kind, LISTS } from "../shape";

/** Put a copy of a step, with what all lanes say at it, behind it; what it is bound to and what follows it is not copied. */
export function duplicateStep(editing: Editing, step: string): string {
  let id = "";
  editing.change((pen) => {
    const said = pen.store.fields("steps", step);
    const { next: _, binding: __, ...fields } = content(said);
    id = pen.create("steps", pen.freshId("step"), { holder: holderOf(said), after: step }, fields);
    for (const lane of pen.store.children("lanes")) {
      for (const cell of pen.store.cellsAt(lane, step)) {
        const { until: ___, ...others } = content(pen.store.fields("cells", cell));
        copyInto(pen, "cells", cell, pen.freshId("cell"), lane, { ...others, step: id });
      }
    }
  });
  return id;
}

/** Put a copy of a lane, with all that it says, below it; gives its id. */
export function duplicateLane(editing: Editing, lane: string): string {
  let id = "";
  editing.change((pen) => {
    const fields = content(pen.store.fields("lanes", lane));
    id = pen.create("lanes", pen.freshId(String(fields.role)), { holder: "", after: lane }, fields);
    for (const cell of pen.store.children("cells", lane)) {
      copyInto(pen, "cells", cell, pen.freshId("cell"), id, content(pen.store.fields("cells", cell)));
    }
  });
  return id;
}

function copyInto(pen: Pen, kind: Kind, from: string, id: string, holder: string, fields: Fields): void {
  pen.create(kind, id, pen.end(kind, holder), fields);
  for (const inner of Object.values(LISTS[kind] ?? {})) {
    for (const child of pen.store.children(inner, from)) {
      copyInto(pen, inner, child, pen.freshId(`${id}.`), id, content(pen.store.fields(inner, child)));
    }
  }
}

function content(said: Fields): Fields {
  const { [AT]: _, [GONE]: __, ...fields } = said;
  return fields;
}
