import type { OpportunityAnswer, OpportunityBody } from "../base/api/schema.gen";
import type { OpportunityStatus } from "./columns";

/** A figure that people rate, and what it may be. */
export interface Figure {
  readonly name:
    | "customer_value"
    | "business_value"
    | "effort"
    | "reach"
    | "impact"
    | "confidence"
    | "ease"
    | "person_months";
  readonly min: number;
  readonly max?: number;
  readonly step: number;
}

/** What the matrix and its score are made of. */
export const VALUE_AND_EFFORT: readonly Figure[] = [
  { name: "customer_value", min: 1, max: 5, step: 1 },
  { name: "business_value", min: 1, max: 5, step: 1 },
  { name: "effort", min: 1, max: 5, step: 1 },
];
/** What RICE and ICE are made of. */
export const RICE_AND_ICE: readonly Figure[] = [
  { name: "reach", min: 0, step: 100 },
  { name: "impact", min: 0, max: 10, step: 1 },
  { name: "confidence", min: 0, max: 1, step: 0.1 },
  { name: "ease", min: 0, max: 10, step: 1 },
  { name: "person_months", min: 0.1, step: 1 },
];
const FIGURES = [...VALUE_AND_EFFORT, ...RICE_AND_ICE];

/** What the form of an opportunity says; "" where a figure is not said. */
export interface Rated {
  readonly title: string;
  readonly summary: string;
  readonly status: OpportunityStatus;
  readonly owner: string;
  readonly metrics: readonly string[];
  readonly figures: Readonly<Record<Figure["name"], number | "">>;
}

/** What the form says at first. */
export function ratedOf(opportunity: OpportunityAnswer): Rated {
  return {
    title: opportunity.title,
    summary: opportunity.summary ?? "",
    status: opportunity.status as OpportunityStatus,
    owner: opportunity.owner ?? "",
    metrics: opportunity.metrics.map((each) => each.id),
    figures: Object.fromEntries(FIGURES.map(({ name }) => [name, opportunity[name] ?? ""])) as Rated["figures"],
  };
}

/** Whether a figure is one that may be saved: within its bounds, or not said. */
export function fits({ min, max }: Figure, said: number | ""): boolean {
  return said === "" || (said >= min && (max === undefined || said <= max));
}

/** Whether all figures may be saved. */
export function allFit({ figures }: Rated): boolean {
  return FIGURES.every((each) => fits(each, figures[each.name]));
}

/** Only what is said otherwise than it was seen; null where nothing is. */
export function changeOfOpportunity(seen: Rated, said: Rated): OpportunityBody | null {
  const text = (value: string): string | null => value.trim() || null;
  const figures = FIGURES.filter(({ name }) => said.figures[name] !== seen.figures[name]).map(
    ({ name }) => [name, said.figures[name] === "" ? null : said.figures[name]] as const,
  );
  const change: OpportunityBody = {
    ...(text(said.title) === text(seen.title) ? {} : { title: said.title }),
    ...(text(said.summary) === text(seen.summary) ? {} : { summary: text(said.summary) }),
    ...(said.status === seen.status ? {} : { status: said.status }),
    ...(text(said.owner) === text(seen.owner) ? {} : { owner: text(said.owner) }),
    ...(said.metrics.join("\n") === seen.metrics.join("\n") ? {} : { metrics: [...said.metrics] }),
    ...Object.fromEntries(figures),
  };
  return Object.keys(change).length === 0 ? null : change;
}
