import type { Figure } from "../base/api/schema.gen";
import { addressOf } from "./asking";

/** The journeys behind each key figure, as Explore's drawer takes them; a cost or a mean opens what it is of. */
const BEHIND: Readonly<Record<string, string>> = {
  customers: "every?",
  contacts: "contacts?that=all",
  first_contact_resolution: "contacts?that=resolved",
  abandoned: "contacts?that=abandoned",
  transferred: "contacts?that=transferred",
  containment: "needs?that=contained",
  cost_per_need: "needs?that=all",
  cost_per_resolved: "needs?that=resolved",
  effort: "effort?",
  nps: "answers?kind=NPS",
  csat: "answers?kind=CSAT",
  ces: "answers?kind=CES",
};

/** The address in Explore at which the journeys behind a figure are open; undefined where it has none. */
export function behindFigure(figure: Pick<Figure, "id" | "ask">): string | undefined {
  const behind = figure.id.startsWith("conversion:") ? "outcome?outcome=reached" : BEHIND[figure.id];
  return behind === undefined ? undefined : `${addressOf(figure.ask)}&${new URLSearchParams({ behind })}`;
}
