import type { Editing } from "../Editing";
import type { Fields } from "../shape";

/** Add a lane behind another one, or at the end; gives its id. */
export function addLane(
  editing: Editing,
  fields: Fields & { readonly role: string },
  after = editing.store.children("lanes").at(-1),
): string {
  let id = "";
  editing.change((pen) => {
    id = pen.create("lanes", pen.freshId(fields.role), { holder: "", after }, fields);
  });
  return id;
}

/** Put a lane behind another one, or at the beginning. */
export function moveLane(editing: Editing, lane: string, after: string | undefined): void {
  if (after === lane) return;
  editing.change((pen) => pen.move("lanes", lane, { holder: "", after }));
}

/** Move a lane up or down by one. */
export function shiftLane(editing: Editing, lane: string, by: -1 | 1): void {
  const lanes = editing.store.children("lanes");
  const place = lanes.indexOf(lane);
  const target = place + by;
  if (place < 0 || target < 0 || target >= lanes.length) return;
  moveLane(editing, lane, by > 0 ? lanes[target] : lanes[target - 1]);
}
