import type { Editing } from "../Editing";
import { SHORT } from "../shape";

/** Put a persona on the map: a new one by its name, or one of the library by its id; gives its id. */
export function addPersona(editing: Editing, said: { readonly name: string } | { readonly id: string }): string {
  if ("id" in said && editing.store.has("personas", said.id)) return said.id;
  let id = "";
  editing.change((pen) => {
    const wanted = "id" in said ? said.id : pen.freshId("persona");
    id = pen.create(
      "personas",
      wanted,
      pen.end("personas", ""),
      "id" in said ? { [SHORT]: true } : { name: said.name },
    );
  });
  return id;
}
