/** A step; `map` is the map that shows it in detail. */
export interface StepOutline {
  readonly id: string;
  readonly name: string;
  readonly map: string | undefined;
  /** Whether it is bound to interactions. */
  readonly isBound: boolean;
}

/** A phase of a map with its steps, as far as pages around the drawing need it. */
export interface PhaseOutline {
  readonly id: string;
  readonly name: string;
  readonly steps: readonly StepOutline[];
}

/** A lane of a map with its cells; `label` is its own, else its role names it. */
export interface LaneOutline {
  readonly id: string;
  readonly label: string;
  readonly role: string;
  readonly cells: readonly { readonly id: string; readonly step: string }[];
}

/** A persona that a map holds or names; `segment` is the condition that ties it to customers. */
export interface PersonaOutline {
  readonly id: string;
  readonly name: string;
  readonly segment: string | undefined;
}

/** What a map's document says, as far as pages around the drawing need it. */
export interface MapOutline {
  readonly title: string;
  readonly summary: string;
  readonly state: string;
  /** The map of its future state. */
  readonly future: string | undefined;
  readonly phases: readonly PhaseOutline[];
  readonly lanes: readonly LaneOutline[];
  readonly personas: readonly PersonaOutline[];
}

type Tree = Readonly<Record<string, unknown>>;

/** Read the outline of a map from its tree; what is not there is empty. */
export function readOutline(tree: Tree): MapOutline {
  return {
    title: text(tree.title),
    summary: text(tree.summary),
    state: text(tree.state) || "current",
    future: text(tree.future) || undefined,
    phases: trees(tree.phases).map((phase) => ({
      id: text(phase.id),
      name: text(phase.name),
      steps: trees(phase.steps).map((step) => ({
        id: text(step.id),
        name: text(step.name),
        map: text(step.map) || undefined,
        isBound: step.binding !== undefined,
      })),
    })),
    lanes: trees(tree.lanes).map((lane) => ({
      id: text(lane.id),
      label: text(lane.label),
      role: text(lane.role),
      cells: trees(lane.cells).map((cell) => ({ id: text(cell.id), step: text(cell.step) })),
    })),
    personas: trees(tree.personas).map((each) => ({
      id: text(each.id),
      name: text(each.name) || text(each.id),
      segment: typeof each.segment === "string" ? each.segment : undefined,
    })),
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function trees(value: unknown): readonly Tree[] {
  if (!Array.isArray(value)) return [];
  return value.filter((each): each is Tree => typeof each === "object" && each !== null);
}
