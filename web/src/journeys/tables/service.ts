import { askedOf, EVERY, numberOf } from "../behind/number";
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
  const every = (what: string) => numberOf("contacts", { ...asked, that: what });
  const that = (what: string) => (row: Group) => numberOf("contacts", { ...asked, that: what, value: row.name ?? "" });
  const along = (row: Chain) => numberOf("contacts", { ...asked, path: row.teams });
  const figure = (key: "resolved" | "transferred" | "abandoned", of: string) => ({
    key,
    kind: "share" as const,
    value: answer.total[key].share,
    interval: [answer.total[key].low, answer.total[key].high] as const,
    n: answer.total[key].n,
    behind: every(key),
    behindN: every(of),
  });
  return {
    figures: [
      {
        key: "contacts",
        kind: "count",
        value: answer.total.contacts,
        behind: every("all"),
      },
      figure("resolved", "followed"),
      figure("transferred", "traced"),
      figure("abandoned", "all"),
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
          that("followed"),
        ),
        opening(
          count("repeats", (row) => row.repeats),
          that("repeated"),
        ),
        opening(
          shareOf("transferred", (row) => row.transferred),
          that("transferred"),
          that("traced"),
        ),
        opening(
          shareOf("abandoned", (row) => row.abandoned),
          that("abandoned"),
          that("all"),
        ),
        opening(
          duration("wait", (row) => row.times.wait.median_seconds),
          that("waited"),
        ),
        opening(
          duration("handle", (row) => row.times.handle.median_seconds),
          that("handled"),
        ),
        ...(answer.total.times.response.n === 0
          ? []
          : [duration<Group>("response", (row) => row.times.response.median_seconds)]),
        ...(!answer.total.times.response_open?.n
          ? []
          : [duration<Group>("response_open", (row) => row.times.response_open?.median_seconds ?? null)]),
      ]),
      ...(answer.chains.length === 0
        ? []
        : [
            table<Chain>("teams", answer.chains, [
              path("teams", (row) => row.teams),
              opening(
                count("contacts", (row) => row.contacts),
                along,
              ),
              opening(
                count("customers", (row) => row.customers),
                along,
              ),
              opening(
                shareOf("share", (row) => row),
                along,
                () => every("transferred"),
              ),
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
  const along =
    (that: string, said: Readonly<Record<string, boolean>> = {}) =>
    (row: Chain) =>
      needs(that, { path: row.channels, goes_on: row.goes_on, ...said });
  const begun = (that: string) => (row: Containment) =>
    needs(that, row.channel === null ? {} : { begins: row.channel });
  const pushed = (row: Push) => numberOf("need_contacts", { ...asked, channel: row.to, after: row.from });
  const left = (row: Push) => numberOf("need_contacts", { ...asked, after: row.from });
  const contacts =
    (said: Readonly<Record<string, boolean>> = {}) =>
    (row: Cost) =>
      numberOf("need_contacts", { ...asked, channel: row.channel, ...said });
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
        behindN: needs("settled"),
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
              behindN: needs("begun alone"),
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
              behind: needs("settled", { priced: true }),
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
          () => needs("all"),
        ),
        opening(
          estimateOf("resolved_need", (row) => row.resolved),
          along("resolved"),
          along("settled"),
        ),
        opening(
          duration("median_length", (row) => row.median_seconds),
          along("all"),
        ),
        opening(
          money("cost", answer.currency, (row) => row.cost?.value),
          along("settled", { priced: true }),
        ),
        opening(
          money("cost_per_resolved", answer.currency, (row) => row.cost_per_resolved?.value),
          along("settled", { priced: true }),
        ),
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
          begun("begun alone"),
        ),
      ]),
      table<Push>("pushes", answer.pushes, [
        name("from", (row) => row.from),
        name("to", (row) => row.to),
        opening(
          count("count", (row) => row.count),
          pushed,
        ),
        opening(
          count("customers", (row) => row.customers),
          pushed,
        ),
        opening(
          estimateOf("share", (row) => row.share),
          pushed,
          left,
        ),
        opening(
          money("extra_cost", answer.currency, (row) => row.extra_cost),
          pushed,
        ),
      ]),
      table<Cost>("costs", answer.channels, [
        name("channel", (row) => row.channel),
        opening(
          count("contacts", (row) => row.contacts),
          contacts(),
        ),
        opening(
          money("cost", answer.currency, (row) => row.cost),
          contacts({ priced: true }),
        ),
        opening(
          count("unpriced", (row) => row.unpriced),
          contacts({ priced: false }),
        ),
      ]),
    ],
  };
}

export function tellEffort(answer: AnswerOf<"effort">, params: URLSearchParams): Told {
  type Group = (typeof answer.groups)[number];
  type Part = (typeof answer.components)[number];
  const asked = askedOf("effort", params);
  const named = (row: Group) => row[answer.by as "channel" | "touchpoint" | "team" | "stage"];
  const added =
    (said: Readonly<Record<string, string>> = {}) =>
    (row: Group) =>
      numberOf("effort", { ...asked, by: answer.by, value: named(row) ?? "", ...said });
  const made = (row: Part) => numberOf("effort", { ...asked, component: row.component });
  const known = (what: string) => (row: Part) =>
    numberOf("effort", { ...asked, component: row.component, known: what });
  const complete = numberOf("effort", { ...asked, known: "journeys" });
  return {
    figures: [
      {
        key: "mean_effort",
        kind: "number",
        value: answer.mean.value,
        interval: [answer.mean.low, answer.mean.high],
        n: answer.mean.n,
        behind: complete,
        behindN: complete,
      },
      {
        key: "with_effort",
        kind: "share",
        value: answer.with_effort.value,
        interval: [answer.with_effort.low, answer.with_effort.high],
        n: answer.with_effort.n,
        behind: numberOf("effort", asked),
        behindN: EVERY,
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
        opening(
          count("contacts", (row) => row.contacts),
          known("contacts"),
        ),
        opening(
          count("spans", (row) => row.spans),
          known("journeys"),
        ),
        opening(
          numeric("amount", (row) => row.amount),
          made,
        ),
        opening(
          numeric("points", (row) => row.points),
          made,
        ),
        opening(
          share("share_of_points", (row) => row.share),
          made,
        ),
      ]),
      table<Group>("added", answer.groups, [
        name("name", (row) => named(row) ?? "–"),
        opening(
          count("contacts", (row) => row.contacts),
          added({ component: "contact" }),
        ),
        opening(
          numeric("points", (row) => row.points),
          added(),
        ),
        opening(
          share("share_of_points", (row) => row.share),
          added(),
        ),
        opening(
          numeric(
            "per_contact",
            (row) => row.per_contact,
            (row) => [row.low, row.high],
          ),
          added({ known: "contacts" }),
        ),
      ]),
    ],
  };
}

export function tellHandovers(answer: AnswerOf<"handovers">, params: URLSearchParams): Told {
  type Handover = (typeof answer.handovers)[number];
  const asked = askedOf("handovers", params);
  const handed = (row: Handover) => numberOf("handover", { ...asked, source: row.from, target: row.to });
  const that = (what: string) => (row: Handover) =>
    numberOf("handover", { ...asked, that: what, source: row.from, target: row.to });
  return {
    figures: [
      {
        key: "handed_over",
        kind: "share",
        value: answer.handed_over.value,
        interval: [answer.handed_over.low, answer.handed_over.high],
        n: answer.handed_over.n,
        behind: numberOf("handover", asked),
        behindN: numberOf("department", asked),
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
        opening(
          count("told", (row) => row.told),
          that("told"),
        ),
        opening(
          duration("median", (row) => row.median_seconds),
          that("seen"),
        ),
        opening(
          share(
            "next_repeats",
            (row) => row.repeats,
            (row) => [row.repeats_low, row.repeats_high],
            (row) => row.repeats_n,
          ),
          that("again"),
          that("seen"),
        ),
        duration("mean_wait", (row) => row.mean_wait_seconds),
      ]),
    ],
  };
}
