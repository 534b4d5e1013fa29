import type { Editing } from "../Editing";
import type { Fields } from "../shape";
import { addEntry, cellFor } from "./cells";

/** Name a touchpoint, and its channel, at a step; gives its id. */
export function addTouchpoint(
  editing: Editing,
  lane: string,
  step: string,
  fields: Fields & { readonly name: string },
): string {
  let id = "";
  editing.change((pen) => {
    id = addEntry(pen, "touchpoints", cellFor(pen, lane, step), fields);
  });
  return id;
}
