import { askedOf, EVERY, numberOf } from "../behind/number";
import type { AnswerOf } from "../questions";
import { type Column, count, name, numeric, opening, openingN, share, type Told, table, word } from "./model";

export function tellRetention(answer: AnswerOf<"retention">, params: URLSearchParams): Told {
  type Cell = (typeof answer.curve)[number];
  const asked = askedOf("retention", params);
  const started = (row: Cell) => numberOf("cohort", { ...asked, that: "started", since: row.since });
  const returned = (row: Cell) => numberOf("cohort", { ...asked, that: "returned", since: row.since });
  return {
    figures: [
      {
        key: "customers",
        kind: "count",
        value: answer.customers,
        behind: numberOf("cohort", { ...asked, that: "started" }),
        told: params.get("whose") === "anybody" || params.has("starts") ? undefined : "started",
      },
      {
        key: "inactive",
        kind: "share",
        value: answer.inactive.value,
        interval: [answer.inactive.low, answer.inactive.high],
        n: answer.inactive.n,
        behind: numberOf("cohort", { ...asked, that: "inactive" }),
        behindN: numberOf("cohort", { ...asked, that: "judged" }),
      },
    ],
    tables: [
      table<Cell>("curve", answer.curve, [
        count("since", (row) => row.since),
        opening(
          count("customers", (row) => row.customers),
          started,
        ),
        opening(
          count("returned", (row) => row.returned),
          returned,
        ),
        opening(
          share(
            "share",
            (row) => row.share,
            (row) => [row.low, row.high],
            (row) => row.customers,
          ),
          returned,
          started,
        ),
      ]),
    ],
  };
}

export function tellSurvival(answer: AnswerOf<"survival">, params: URLSearchParams): Told {
  type Step = (typeof answer.steps)[number];
  const asked = askedOf("survival", params);
  const atRisk = (row: Step) => numberOf("event", { ...asked, that: "at risk", time: row.time });
  const happened = numberOf("event", { ...asked, that: "happened" });
  const seconds = { minute: 60, hour: 3_600, day: 86_400 }[answer.unit] ?? 86_400;
  const inSeconds = (value: number | null) => (value === null ? null : value * seconds);
  return {
    figures: [
      {
        key: "customers",
        kind: "count",
        value: answer.customers,
        behind: numberOf("event", { ...asked, that: "started" }),
      },
      { key: "happened", kind: "count", value: answer.happened, behind: happened },
      { key: "median_until", kind: "duration", value: inSeconds(answer.median), behind: happened },
    ],
    tables: [
      table<Step>("survival", answer.steps, [
        { key: "time", kind: "duration", value: (row) => row.time * seconds },
        opening(
          count("at_risk", (row) => row.at_risk),
          atRisk,
        ),
        opening(
          count("events", (row) => row.events),
          (row) => numberOf("event", { ...asked, that: "happened", time: row.time }),
        ),
        openingN(
          share(
            "survival",
            (row) => row.survival,
            (row) => [row.low, row.high],
            (row) => row.at_risk,
          ),
          atRisk,
        ),
      ]),
    ],
  };
}

/** What has been found by looking is never certain: a confidence that is written as 1 is nearly that. */
const SUREST = 0.9999;
const SHARES: ReadonlySet<string> = new Set(["level", "transition", "conversion"]);
const MODELS = ["first", "last", "linear", "time_decay", "position", "markov", "shapley"] as const;

export function tellAttribution(answer: AnswerOf<"attribution">, params: URLSearchParams): Told {
  const rows = answer.touchpoints ?? answer.channels ?? [];
  type Credited = (typeof rows)[number];
  const by = answer.by === "channel" ? "channel" : "touchpoint";
  const models = MODELS.filter((model) => rows.some((row) => row.credits[model] !== undefined));
  const asked = askedOf("attribution", params);
  const isNamed = (row: Credited) => answer.lumped === 0 || row !== rows.at(-1);
  const passed =
    (said: Readonly<Record<string, string | boolean>> = {}) =>
    (row: Credited) =>
      isNamed(row) ? numberOf("credit", { ...asked, name: row.name, ...said }) : undefined;
  return {
    figures: [
      { key: "conversions", kind: "count", value: answer.conversions, behind: numberOf("conversion", asked) },
      {
        key: "conversion",
        kind: "share",
        value: answer.conversion.value,
        interval: [answer.conversion.low, answer.conversion.high],
        n: answer.conversion.n,
        behind: numberOf("credit", { ...asked, converting: true }),
        behindN: numberOf("credit", asked),
      },
    ],
    tables: [
      table<Credited>("credits", rows, [
        name(by, (row) => row.name),
        opening(
          count("journeys", (row) => row.journeys),
          passed(),
        ),
        opening(
          count("converting", (row) => row.converting),
          passed({ converting: true }),
        ),
        ...models.map((model) =>
          opening(
            share<Credited>(model, (row) => row.credits[model]?.share),
            passed({ model }),
          ),
        ),
      ]),
    ],
  };
}

/** How sessions are cut, where the address does not say it. */
export function sessionsCut(params: URLSearchParams): Readonly<Record<"span" | "gap", string>> {
  return { span: "session", gap: params.get("gap") ?? "30m" };
}

export function tellSessions(answer: AnswerOf<"sessions">, params: URLSearchParams): Told {
  type Bin = (typeof answer.distribution)[number];
  const cut = sessionsCut(params);
  const all = numberOf("every", cut);
  const ofLength = ({ measure, low, high }: Bin) =>
    numberOf("every", { ...cut, measure, ...(low === null ? {} : { low }), ...(high === null ? {} : { high }) });
  return {
    figures: [
      { key: "sessions", kind: "count", value: answer.sessions, behind: all },
      { key: "customers", kind: "count", value: answer.customers, behind: all },
      { key: "median_interactions", kind: "number", value: answer.median_interactions, behind: all },
      { key: "median_duration", kind: "duration", value: answer.median_seconds, behind: all },
    ],
    tables: [
      table<Bin>("sessions", answer.distribution, [
        word("measure", (row) => row.measure),
        numeric("low", (row) => row.low),
        numeric("high", (row) => row.high),
        opening(
          count("sessions", (row) => row.sessions),
          ofLength,
        ),
        opening(
          share(
            "share",
            (row) => (answer.sessions > 0 ? row.sessions / answer.sessions : null),
            undefined,
            () => answer.sessions,
          ),
          ofLength,
          () => all,
        ),
      ]),
    ],
  };
}

export function tellOverview(answer: AnswerOf<"overview">, params: URLSearchParams): Told {
  type Ending = (typeof answer.endings)[number];
  const end = (row: Ending) => numberOf("end", { name: row.touchpoint });
  const isCut = params.has("span") || params.has("journey");
  const once = isCut ? undefined : numberOf("every", { low: 1, high: 2 });
  return {
    figures: [
      { key: "interactions", kind: "count", value: answer.interactions, behind: numberOf("touchpoint", {}) },
      { key: "customers", kind: "count", value: answer.customers, behind: EVERY },
      { key: "once", kind: "count", value: answer.customers_seen_once, behind: once },
      { key: "journeys", kind: "count", value: answer.spans, behind: EVERY },
    ],
    tables: [
      table<Ending>("endings", answer.endings, [
        name("touchpoint", (row) => row.touchpoint),
        opening(
          count("spans", (row) => row.spans),
          end,
        ),
        opening(
          count("customers", (row) => row.customers),
          end,
        ),
        opening(
          share(
            "share_of_journeys",
            (row) => (answer.spans > 0 ? row.spans / answer.spans : null),
            undefined,
            () => answer.spans,
          ),
          end,
          () => EVERY,
        ),
      ]),
    ],
  };
}

type Finding = AnswerOf<"insights">["findings"][number];

/** The journeys behind a finding: all that its number is of, or what else is said. */
function changeOf(
  { measure, subject, from, to, segment }: Finding,
  asked: Readonly<Record<string, string | readonly string[]>>,
  more: Readonly<Record<string, string | boolean>>,
): string {
  const [field, value] = Object.entries(segment ?? {})[0] ?? [];
  const whose = field === undefined || value === undefined ? {} : { field, value };
  const days = to === null ? { first: from } : { first: from, last: to };
  return numberOf("change", { ...asked, measure, subject, ...days, ...whose, ...more });
}

/** A share or a mean of a finding. */
function measured(key: "other_days" | "these_days", value: (row: Finding) => number | null): Column<Finding> {
  const kindOf = ({ measure }: Finding) => (measure === "wait" ? "duration" : SHARES.has(measure) ? "share" : "number");
  return { key, kind: "number", kindOf, value };
}

export function tellInsights(answer: AnswerOf<"insights">, params: URLSearchParams): Told {
  const asked = askedOf("insights", params);
  const shareOf = (row: Finding, more: Readonly<Record<string, boolean>>) =>
    row.trend === null ? changeOf(row, asked, { ...more, that: "counted" }) : undefined;
  const segment = (row: Finding) =>
    row.segment === null
      ? ""
      : Object.entries(row.segment)
          .map(([field, value]) => (field === "weekday" ? value : `${field} = ${value}`))
          .join(", ");
  return {
    figures: [{ key: "days", kind: "count", value: answer.days }],
    tables: [
      table<Finding>("findings", answer.findings, [
        name("finding", (row) => row.text),
        word("among", segment),
        { key: "from_day", kind: "day", value: (row) => row.from },
        opening(
          measured("other_days", (row) => row.before),
          (row) => shareOf(row, { otherwise: true }),
        ),
        opening(
          measured("these_days", (row) => row.after),
          (row) => shareOf(row, {}),
        ),
        opening(
          count("n", (row) => row.n),
          (row) => changeOf(row, asked, {}),
        ),
        share("confidence", (row) => (row.confidence === null ? null : Math.min(row.confidence, SUREST))),
      ]),
    ],
  };
}
