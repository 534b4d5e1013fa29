import type { MapOutline } from "../readMap";
import type { About } from "./threads";

/** What a place of a map is called; a cell by its lane and its step. Undefined: it is not there. */
export function outlineName(
  outline: MapOutline,
  { kind, id }: About,
  roles: Readonly<Record<string, string>>,
): string | undefined {
  const steps = outline.phases.flatMap((phase) => phase.steps);
  if (kind === "map") return outline.title;
  if (kind === "phase") return outline.phases.find((each) => each.id === id)?.name;
  if (kind === "step") return steps.find((each) => each.id === id)?.name;
  const lane = outline.lanes.find((each) => (kind === "lane" ? each.id === id : each.cells.some((of) => of.id === id)));
  if (lane === undefined) return undefined;
  const called = lane.label || roles[lane.role] || lane.role;
  if (kind === "lane") return called;
  const at = lane.cells.find((each) => each.id === id)?.step;
  return `${called}, ${steps.find((each) => each.id === at)?.name ?? at}`;
}
