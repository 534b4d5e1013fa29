import type { Editing } from "../Editing";
import type { Plain } from "../shape";

/** Say which interactions count as reaching a step; undefined: it is drawn only. */
export function setBinding(
  editing: Editing,
  step: string,
  binding: { readonly where: Plain; readonly count?: "each" | "once" } | undefined,
): void {
  const said = binding?.where === "" ? undefined : binding;
  if (JSON.stringify(editing.store.fields("steps", step).binding) === JSON.stringify(said)) return;
  const wanted =
    said === undefined ? undefined : { where: said.where, ...(said.count === "once" && { count: "once" }) };
  editing.change((pen) => pen.set("steps", step, "binding", wanted), `binding ${step}`);
}
