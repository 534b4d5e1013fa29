import type {
  CalendarAnswer,
  CalendarsAnswer,
  CalendarText,
  ClosedDay,
  NamedCalendarText,
  Span,
} from "../base/api/schema.gen";

/** The form of a calendar; that of the company has no name and holds for everything that no other one does. */
export interface CalendarDraft {
  readonly name: string;
  readonly channels: readonly string[];
  readonly teams: readonly string[];
  readonly timezone: string;
  /** Of seven days, Monday first. */
  readonly week: readonly (readonly Span[])[];
  readonly holidays: readonly ClosedDay[];
}

/** A calendar as it stood when its form was opened. */
export interface Stood {
  readonly draft: CalendarDraft;
  /** None where it is added. */
  readonly was: string | null;
  readonly isSet: boolean;
  readonly revision: string | null;
}

export type SpanProblem = "clockForm" | "clockOrder" | "clockOverlap";

export interface CalendarProblems {
  readonly name?: "noName" | "nameTaken";
  readonly holds?: "holdsForNobody";
  readonly week?: "noDays";
  /** By day, then by span. */
  readonly spans: ReadonlyMap<number, ReadonlyMap<number, SpanProblem>>;
}

const CLOCK = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
const NINE_TO_FIVE: Span = { opens: "09:00", closes: "17:00" };
const WEEKDAYS = 5;
const DAYS = 7;

/** The calendar of the company (no name), a named one, or a new one (an empty name); undefined where there is none of the name. */
export function stoodAs(calendars: CalendarsAnswer, timezone: string, name: string | undefined): Stood | undefined {
  const { company, revision } = calendars;
  const fresh = { name: "", channels: [], teams: [] };
  if (name === undefined) {
    const draft = { ...fresh, ...(company ?? usual(timezone)) };
    return { draft, was: null, isSet: company !== null, revision };
  }
  if (name === "") {
    return {
      draft: { ...fresh, ...(company ?? usual(timezone)), holidays: [] },
      was: null,
      isSet: false,
      revision: null,
    };
  }
  const found = calendars.named.find((each) => each.name === name);
  if (found === undefined) return undefined;
  const { channels, teams, hours } = found;
  return { draft: { name, channels, teams, ...hours }, was: name, isSet: true, revision: found.revision };
}

function usual(timezone: string): CalendarAnswer {
  return {
    timezone,
    holidays: [],
    week: Array.from({ length: DAYS }, (_, day) => (day < WEEKDAYS ? [NINE_TO_FIVE] : [])),
  };
}

/** What somebody typed as a time, as it is written: 8, 830 and 8.30 are 08:00, 08:30 and 08:30. */
export function tidyClock(text: string): string {
  const said = /^(\d{1,2})(?:[:.h]?(\d{2}))?$/.exec(text.trim());
  if (said === null) return text.trim();
  return `${(said[1] ?? "").padStart(2, "0")}:${said[2] ?? "00"}`;
}

/** With one more span on a day: after those that there are, or as on the day before. */
export function withSpan(draft: CalendarDraft, day: number): CalendarDraft {
  const spans = draft.week[day] ?? [];
  if (spans.length > 0) return withDay(draft, day, [...spans, { opens: "", closes: "" }]);
  const before = draft.week.slice(0, day).findLast((each) => each.length > 0);
  return withDay(draft, day, before ?? [NINE_TO_FIVE]);
}

export function withDay(draft: CalendarDraft, day: number, spans: readonly Span[]): CalendarDraft {
  return { ...draft, week: draft.week.map((each, place) => (place === day ? spans : each)) };
}

/** With the hours of a day on Monday to Friday, or on all days. */
export function copied(draft: CalendarDraft, day: number, to: "weekdays" | "days"): CalendarDraft {
  const last = to === "weekdays" ? WEEKDAYS : DAYS;
  return { ...draft, week: draft.week.map((each, place) => (place < last ? (draft.week[day] ?? []) : each)) };
}

export function calendarProblems(
  draft: CalendarDraft,
  isNamed: boolean,
  taken: readonly string[] = [],
): CalendarProblems {
  const spans = new Map(
    draft.week.map((of, day) => [day, spanProblems(of)] as const).filter(([, problems]) => problems.size > 0),
  );
  const name = draft.name.trim();
  return {
    ...(isNamed && name === "" && { name: "noName" }),
    ...(isNamed && taken.includes(name) && { name: "nameTaken" }),
    ...(isNamed && draft.channels.length + draft.teams.length === 0 && { holds: "holdsForNobody" }),
    ...(draft.week.every((of) => of.length === 0) && { week: "noDays" }),
    spans,
  };
}

export function isWhole({ name, holds, week, spans }: CalendarProblems): boolean {
  return name === undefined && holds === undefined && week === undefined && spans.size === 0;
}

function spanProblems(spans: readonly Span[]): ReadonlyMap<number, SpanProblem> {
  const found = new Map<number, SpanProblem>();
  for (const [place, { opens, closes }] of spans.entries()) {
    const isBefore = spans.slice(0, place).some((each) => opens < each.closes && each.opens < closes);
    if (!CLOCK.test(opens) || !CLOCK.test(closes)) found.set(place, "clockForm");
    else if (closes <= opens) found.set(place, "clockOrder");
    else if (isBefore) found.set(place, "clockOverlap");
  }
  return found;
}

/** As it is sent; the time zone of the workspace needs no saying. */
export function calendarText(draft: CalendarDraft, timezone: string, revision: string | null): CalendarText {
  return {
    week: draft.week.map((spans) => [...spans].sort((a, b) => a.opens.localeCompare(b.opens))),
    holidays: draft.holidays.map(({ day, name }) => ({ day, name: (name ?? "").trim() })),
    timezone: draft.timezone === timezone ? null : draft.timezone,
    revision,
  };
}

export function namedText(
  draft: CalendarDraft,
  timezone: string,
  was: string | null,
  revision: string | null,
): NamedCalendarText {
  const { channels, teams } = draft;
  const hours = calendarText(draft, timezone, revision);
  return { name: draft.name.trim(), channels: [...channels], teams: [...teams], was, hours };
}

/** The days with the same hours together: `Monday – Friday` and `09:00 – 12:00, 13:00 – 18:00`. Closed days are left out. */
export function weekLines(
  week: readonly (readonly Span[])[],
  days: readonly string[],
): readonly (readonly [days: string, hours: string])[] {
  const alike = new Map<string, number[]>();
  for (const [day, spans] of week.entries()) {
    const hours = spans.map(({ opens, closes }) => `${opens} – ${closes}`).join(", ");
    if (hours !== "") alike.set(hours, [...(alike.get(hours) ?? []), day]);
  }
  return [...alike].map(([hours, of]) => [daysText(of, days), hours] as const);
}

function daysText(of: readonly number[], days: readonly string[]): string {
  const first = of[0] ?? 0;
  const last = of.at(-1) ?? 0;
  if (of.length > 2 && last - first === of.length - 1) return `${days[first] ?? ""} – ${days[last] ?? ""}`;
  return of.map((day) => days[day] ?? "").join(", ");
}
