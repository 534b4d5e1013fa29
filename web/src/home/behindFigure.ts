import type { Figure } from "../base/api/schema.gen";
import { addressOf } from "./asking";

/** The number that a figure shows, or what it is of. */
type Counted = "value" | "n";

/** The journeys behind each key figure, as Explore's drawer takes them; a cost or a mean opens what it is of. */
const BEHIND: Readonly<Record<string, Readonly<Record<Counted, string>>>> = {
  customers: { value: "every?", n: "every?" },
  interactions: { value: "touchpoint?", n: "touchpoint?" },
  contacts: { value: "contacts?that=all", n: "contacts?that=all" },
  first_contact_resolution: { value: "contacts?that=resolved", n: "contacts?that=followed" },
  containment: { value: "needs?that=contained", n: "needs?that=begun+alone" },
  wait: { value: "contacts?that=waited", n: "contacts?that=waited" },
  abandoned: { value: "contacts?that=abandoned", n: "contacts?that=all" },
  transferred: { value: "contacts?that=transferred", n: "contacts?that=traced" },
  cost_per_need: { value: "needs?that=settled&priced=true", n: "needs?that=settled&priced=true" },
  cost_per_resolved: { value: "needs?that=settled&priced=true", n: "needs?that=settled&priced=true" },
  effort: { value: "effort?known=journeys", n: "effort?known=journeys" },
  nps: { value: "answers?kind=NPS", n: "answers?kind=NPS" },
  csat: { value: "answers?kind=CSAT&boxes=2", n: "answers?kind=CSAT" },
  ces: { value: "answers?kind=CES", n: "answers?kind=CES" },
  campaign_visits: { value: "every?", n: "every?" },
};
const CONVERSION = { value: "outcome?outcome=in+time", n: "outcome?outcome=followed" } as const;
const DAY_MS = 86_400_000;
/** For so many days another contact of the customer says that the first one did not resolve it. */
const REPEAT_DAYS = 7;

/** The days of a number, both included. */
export interface Days {
  readonly start: string;
  readonly end: string;
}

/** The address in Explore at which the journeys behind a figure, or its n, are open; undefined where it has none. */
export function behindFigure(
  figure: Pick<Figure, "id" | "ask"> & Partial<Pick<Figure, "touchpoints">>,
  counted: Counted = "value",
  days?: Days,
): string | undefined {
  const period = days === undefined ? figure.ask.parameters.period : `${days.start}..${days.end}`;
  const behind = emailOf(figure.touchpoints ?? [], counted) ?? numberOf(figure.id, counted, period);
  const ask = { ...figure.ask, parameters: { ...figure.ask.parameters, ...(period === undefined ? {} : { period }) } };
  return behind === undefined ? undefined : `${addressOf(ask)}&${new URLSearchParams({ behind })}`;
}

/** Journeys with an e-mail that was sent, or in which it was then opened or clicked; undefined where none is meant. */
function emailOf([sent, then]: readonly string[], counted: Counted): string | undefined {
  if (sent === undefined) return undefined;
  if (then === undefined || counted === "n") return `touchpoint?${new URLSearchParams({ name: sent })}`;
  return `move?${new URLSearchParams({ source: sent, target: then })}`;
}

function numberOf(id: string, counted: Counted, period: string | undefined): string | undefined {
  if (id.startsWith("conversion:")) return CONVERSION[counted];
  const number = BEHIND[id]?.[counted];
  return number === undefined || id !== "first_contact_resolution" ? number : `${number}&period=${followed(period)}`;
}

/** A period with the week after it, in which it is seen whether a contact was resolved. */
function followed(period: string | undefined): string {
  const [start = "", end = ""] = (period ?? "").split("..");
  return end === "" ? start : `${start}..${dayOf(Date.parse(end) + REPEAT_DAYS * DAY_MS)}`;
}

/** As many days, just before those of a figure. */
export function daysBefore({ start, end }: Days): Days {
  const [first, last] = [Date.parse(start), Date.parse(end)];
  return { start: dayOf(2 * first - last - DAY_MS), end: dayOf(first - DAY_MS) };
}

/** Seven days from a day on. */
export function weekFrom(start: string): Days {
  return { start, end: dayOf(Date.parse(start) + 6 * DAY_MS) };
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
