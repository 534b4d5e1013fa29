/** A step, phase or cell of the drawing. */
export interface Place {
  readonly kind: "step" | "phase" | "cell";
  readonly id: string;
}

/** With this begin the ids of ways, which no step can have. */
export const WAY = "_way";

/** What of a map an element of its drawing belongs to; the ids of the drawing begin with the id of the map. */
export function placeAt(element: Element | null, map: string): Place | undefined {
  for (let at = element; at !== null; at = at.parentElement) {
    const parts = at.id.startsWith(`${map}/`) ? at.id.slice(map.length + 1).split("/") : [];
    const [kind, id, lane] = parts;
    if (kind === "step" && id !== undefined) return { kind: "step", id };
    if (kind === "phase" && id !== undefined) return { kind: "phase", id };
    if (kind === WAY) return undefined;
    if (lane !== undefined && id !== undefined) return { kind: "cell", id };
  }
  return undefined;
}
