import type { Editing } from "../Editing";
import type { Fields, Plain } from "../shape";
import { addEntry, cellFor, shortClaim } from "./cells";

/** Add a claim to what a lane says at a step; gives its id. */
export function addClaim(editing: Editing, lane: string, step: string, text: string): string {
  let id = "";
  editing.change((pen) => {
    id = addEntry(pen, "claims", cellFor(pen, lane, step), shortClaim(text));
  });
  return id;
}

/** Note how a claim is known; gives the id of the evidence. */
export function addEvidence(editing: Editing, claim: string, fields: Fields & { readonly kind: Plain }): string {
  let id = "";
  editing.change((pen) => {
    id = addEntry(pen, "evidence", claim, fields);
  });
  return id;
}
