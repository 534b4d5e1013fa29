import { numberOf } from "../behind/number";
import type { AnswerOf } from "../questions";
import { count, name, numeric, opening, share, type Told, table, word } from "./model";

export function tellRetention(answer: AnswerOf<"retention">): Told {
  type Cell = (typeof answer.curve)[number];
  return {
    figures: [
      { key: "customers", kind: "count", value: answer.customers },
      {
        key: "inactive",
        kind: "share",
        value: answer.inactive.value,
        interval: [answer.inactive.low, answer.inactive.high],
        n: answer.inactive.n,
      },
    ],
    tables: [
      table<Cell>("curve", answer.curve, [
        count("since", (row) => row.since),
        count("customers", (row) => row.customers),
        count("returned", (row) => row.returned),
        share(
          "share",
          (row) => row.share,
          (row) => [row.low, row.high],
          (row) => row.customers,
        ),
      ]),
    ],
  };
}

export function tellSurvival(answer: AnswerOf<"survival">): Told {
  type Step = (typeof answer.steps)[number];
  const seconds = { minute: 60, hour: 3_600, day: 86_400 }[answer.unit] ?? 86_400;
  const inSeconds = (value: number | null) => (value === null ? null : value * seconds);
  return {
    figures: [
      { key: "customers", kind: "count", value: answer.customers },
      { key: "happened", kind: "count", value: answer.happened },
      { key: "median_until", kind: "duration", value: inSeconds(answer.median) },
    ],
    tables: [
      table<Step>("survival", answer.steps, [
        { key: "time", kind: "duration", value: (row) => row.time * seconds },
        count("at_risk", (row) => row.at_risk),
        count("events", (row) => row.events),
        share(
          "survival",
          (row) => row.survival,
          (row) => [row.low, row.high],
          (row) => row.at_risk,
        ),
      ]),
    ],
  };
}

const MODELS = ["first", "last", "linear", "time_decay", "position", "markov", "shapley"] as const;

export function tellAttribution(answer: AnswerOf<"attribution">): Told {
  const rows = answer.touchpoints ?? answer.channels ?? [];
  type Credited = (typeof rows)[number];
  const by = answer.by === "channel" ? "channel" : "touchpoint";
  const models = MODELS.filter((model) => rows.some((row) => row.credits[model] !== undefined));
  return {
    figures: [
      { key: "conversions", kind: "count", value: answer.conversions },
      {
        key: "conversion",
        kind: "share",
        value: answer.conversion.value,
        interval: [answer.conversion.low, answer.conversion.high],
        n: answer.conversion.n,
      },
    ],
    tables: [
      table<Credited>("credits", rows, [
        name(by, (row) => row.name),
        opening(
          count("journeys", (row) => row.journeys),
          (row) => numberOf("touchpoint", { name: row.name, by }),
        ),
        count("converting", (row) => row.converting),
        ...models.map((model) => share<Credited>(model, (row) => row.credits[model]?.share)),
      ]),
    ],
  };
}

export function tellSessions(answer: AnswerOf<"sessions">): Told {
  type Bin = (typeof answer.distribution)[number];
  return {
    figures: [
      { key: "sessions", kind: "count", value: answer.sessions },
      { key: "customers", kind: "count", value: answer.customers },
      { key: "median_interactions", kind: "number", value: answer.median_interactions },
      { key: "median_duration", kind: "duration", value: answer.median_seconds },
    ],
    tables: [
      table<Bin>("sessions", answer.distribution, [
        word("measure", (row) => row.measure),
        numeric("low", (row) => row.low),
        numeric("high", (row) => row.high),
        count("sessions", (row) => row.sessions),
        share(
          "share",
          (row) => (answer.sessions > 0 ? row.sessions / answer.sessions : null),
          undefined,
          () => answer.sessions,
        ),
      ]),
    ],
  };
}

export function tellOverview(answer: AnswerOf<"overview">): Told {
  type Ending = (typeof answer.endings)[number];
  const end = (row: Ending) => numberOf("end", { name: row.touchpoint });
  return {
    figures: [
      { key: "interactions", kind: "count", value: answer.interactions },
      { key: "customers", kind: "count", value: answer.customers },
      { key: "once", kind: "count", value: answer.customers_seen_once },
      { key: "journeys", kind: "count", value: answer.spans },
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
        share(
          "share_of_journeys",
          (row) => (answer.spans > 0 ? row.spans / answer.spans : null),
          undefined,
          () => answer.spans,
        ),
      ]),
    ],
  };
}

export function tellInsights(answer: AnswerOf<"insights">): Told {
  type Finding = (typeof answer.findings)[number];
  const segment = (row: Finding) =>
    row.segment === null
      ? ""
      : Object.entries(row.segment)
          .map(([field, value]) => `${field} = ${value}`)
          .join(", ");
  return {
    figures: [{ key: "days", kind: "count", value: answer.days }],
    tables: [
      table<Finding>("findings", answer.findings, [
        name("finding", (row) => row.text),
        name("among", segment),
        { key: "from_day", kind: "day", value: (row) => row.from },
        count("n", (row) => row.n),
        share("confidence", (row) => row.confidence),
      ]),
    ],
  };
}
