import { askedOf, numberOf, ofGroup } from "../behind/number";
import type { AnswerOf } from "../questions";
import {
  type Column,
  count,
  duration,
  money,
  name,
  numeric,
  opening,
  path,
  share,
  type Told,
  table,
  word,
} from "./model";

type Share = {
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
};
type Value = {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
};

const shareOf = <Row>(key: Column<Row>["key"], of: (row: Row) => Share): Column<Row> =>
  share(
    key,
    (row) => of(row).share,
    (row) => [of(row).low, of(row).high],
    (row) => of(row).n,
  );
const estimateOf = <Row>(key: Column<Row>["key"], of: (row: Row) => Value): Column<Row> =>
  share(
    key,
    (row) => of(row).value,
    (row) => [of(row).low, of(row).high],
    (row) => of(row).n,
  );

export function tellContacts(answer: AnswerOf<"contacts">, params: URLSearchParams): Told {
  type Group = (typeof answer.groups)[number];
  type Chain = (typeof answer.chains)[number];
  const asked = { ...askedOf("contacts", params), by: answer.by };
  const that = (what: string) => (row: Group) =>
    row.name === null ? undefined : numberOf("contacts", { ...asked, that: what, value: row.name });
  const figure = (key: "resolved" | "transferred" | "abandoned") => ({
    key,
    kind: "share" as const,
    value: answer.total[key].share,
    interval: [answer.total[key].low, answer.total[key].high] as const,
    n: answer.total[key].n,
    behind: numberOf("contacts", { ...asked, that: key }),
  });
  return {
    figures: [
      {
        key: "contacts",
        kind: "count",
        value: answer.total.contacts,
        behind: numberOf("contacts", { ...asked, that: "all" }),
      },
      figure("resolved"),
      figure("transferred"),
      figure("abandoned"),
    ],
    tables: [
      table<Group>("contacts", answer.groups, [
        name("name", (row) => row.name ?? "–"),
        opening(
          count("contacts", (row) => row.contacts),
          that("all"),
        ),
        opening(
          count("customers", (row) => row.customers),
          that("all"),
        ),
        opening(
          shareOf("resolved", (row) => row.resolved),
          that("resolved"),
        ),
        opening(
          count("repeats", (row) => row.repeats),
          that("repeated"),
        ),
        opening(
          shareOf("transferred", (row) => row.transferred),
          that("transferred"),
        ),
        opening(
          shareOf("abandoned", (row) => row.abandoned),
          that("abandoned"),
        ),
        duration("wait", (row) => row.times.wait.median_seconds),
        duration("handle", (row) => row.times.handle.median_seconds),
      ]),
      ...(answer.chains.length === 0
        ? []
        : [
            table<Chain>("teams", answer.chains, [
              path("teams", (row) => row.teams),
              count("contacts", (row) => row.contacts),
              count("customers", (row) => row.customers),
              shareOf("share", (row) => row),
            ]),
          ]),
    ],
  };
}

export function tellChains(answer: AnswerOf<"chains">, params: URLSearchParams): Told {
  type Chain = (typeof answer.chains)[number];
  type Containment = (typeof answer.containment)[number];
  type Push = (typeof answer.pushes)[number];
  type Cost = (typeof answer.channels)[number];
  const asked = askedOf("chains", params);
  const needs = (that: string, said: Readonly<Record<string, string | boolean | readonly string[]>> = {}) =>
    numberOf("needs", { ...asked, that, ...said });
  const along = (that: string) => (row: Chain) => needs(that, { path: row.channels, goes_on: row.goes_on });
  const begun = (that: string) => (row: Containment) =>
    needs(that, row.channel === null ? {} : { begins: row.channel });
  const contained = answer.containment.find((each) => each.channel === null)?.contained;
  return {
    figures: [
      { key: "chains", kind: "count", value: answer.total_chains, behind: needs("all") },
      {
        key: "resolved",
        kind: "share",
        value: answer.resolved.value,
        interval: [answer.resolved.low, answer.resolved.high],
        n: answer.resolved.n,
        behind: needs("resolved"),
      },
      ...(contained === undefined
        ? []
        : [
            {
              key: "contained" as const,
              kind: "share" as const,
              value: contained.value,
              interval: [contained.low, contained.high] as const,
              n: contained.n,
              behind: needs("contained"),
            },
          ]),
      ...(answer.cost_per_resolved === null
        ? []
        : [
            {
              key: "cost_per_resolved" as const,
              kind: "money" as const,
              currency: answer.currency,
              value: answer.cost_per_resolved.value,
            },
          ]),
    ],
    tables: [
      table<Chain>("chains", answer.chains, [
        path("channels", (row) => row.channels),
        opening(
          count("chains", (row) => row.chains),
          along("all"),
        ),
        opening(
          count("customers", (row) => row.customers),
          along("all"),
        ),
        opening(
          estimateOf("share", (row) => row.share),
          along("all"),
        ),
        opening(
          estimateOf("resolved_need", (row) => row.resolved),
          along("resolved"),
        ),
        duration("median_length", (row) => row.median_seconds),
        money("cost", answer.currency, (row) => row.cost?.value),
        money("cost_per_resolved", answer.currency, (row) => row.cost_per_resolved?.value),
      ]),
      table<Containment>("containment", answer.containment, [
        word("channel", (row) => row.channel ?? "any self-service"),
        opening(
          count("chains", (row) => row.chains),
          begun("begun alone"),
        ),
        opening(
          estimateOf("contained", (row) => row.contained),
          begun("contained"),
        ),
      ]),
      table<Push>("pushes", answer.pushes, [
        name("from", (row) => row.from),
        name("to", (row) => row.to),
        count("count", (row) => row.count),
        count("customers", (row) => row.customers),
        estimateOf("share", (row) => row.share),
        money("extra_cost", answer.currency, (row) => row.extra_cost),
      ]),
      table<Cost>("costs", answer.channels, [
        name("channel", (row) => row.channel),
        count("contacts", (row) => row.contacts),
        money("cost", answer.currency, (row) => row.cost),
        count("unpriced", (row) => row.unpriced),
      ]),
    ],
  };
}

export function tellEffort(answer: AnswerOf<"effort">, params: URLSearchParams): Told {
  type Group = (typeof answer.groups)[number];
  type Part = (typeof answer.components)[number];
  const asked = askedOf("effort", params);
  const named = (row: Group) => row[answer.by as "channel" | "touchpoint" | "team" | "stage"];
  return {
    figures: [
      {
        key: "mean_effort",
        kind: "number",
        value: answer.mean.value,
        interval: [answer.mean.low, answer.mean.high],
        n: answer.mean.n,
      },
      {
        key: "with_effort",
        kind: "share",
        value: answer.with_effort.value,
        interval: [answer.with_effort.low, answer.with_effort.high],
        n: answer.with_effort.n,
        behind: numberOf("effort", asked),
      },
      {
        key: "contacts",
        kind: "count",
        value: answer.contacts,
        behind: numberOf("effort", { ...asked, component: "contact" }),
      },
    ],
    tables: [
      table<Part>("components", answer.components, [
        word("component", (row) => row.component),
        count("contacts", (row) => row.contacts),
        count("spans", (row) => row.spans),
        opening(
          numeric("amount", (row) => row.amount),
          (row) => numberOf("effort", { ...asked, component: row.component }),
        ),
        numeric("points", (row) => row.points),
        share("share_of_points", (row) => row.share),
      ]),
      table<Group>("added", answer.groups, [
        name("name", (row) => named(row) ?? "–"),
        opening(
          count("contacts", (row) => row.contacts),
          (row) => ofGroup(answer.by, named(row)),
        ),
        numeric("points", (row) => row.points),
        share("share_of_points", (row) => row.share),
        numeric(
          "per_contact",
          (row) => row.per_contact,
          (row) => [row.low, row.high],
        ),
      ]),
    ],
  };
}

export function tellHandovers(answer: AnswerOf<"handovers">, params: URLSearchParams): Told {
  type Handover = (typeof answer.handovers)[number];
  const asked = askedOf("handovers", params);
  const handed = (row: Handover) => numberOf("handover", { ...asked, source: row.from, target: row.to });
  return {
    figures: [
      {
        key: "handed_over",
        kind: "share",
        value: answer.handed_over.value,
        interval: [answer.handed_over.low, answer.handed_over.high],
        n: answer.handed_over.n,
        behind: numberOf("handover", asked),
      },
    ],
    tables: [
      table<Handover>("handovers", answer.handovers, [
        name("from", (row) => row.from),
        name("to", (row) => row.to),
        opening(
          count("count", (row) => row.count),
          handed,
        ),
        opening(
          count("customers", (row) => row.customers),
          handed,
        ),
        count("told", (row) => row.told),
        duration("median", (row) => row.median_seconds),
        share(
          "next_repeats",
          (row) => row.repeats,
          (row) => [row.repeats_low, row.repeats_high],
          (row) => row.repeats_n,
        ),
        duration("mean_wait", (row) => row.mean_wait_seconds),
      ]),
    ],
  };
}
