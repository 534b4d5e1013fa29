import { meeting, numberOf } from "../behind/number";
import type { AnswerOf } from "../questions";
import { count, duration, name, numeric, opening, path, share, type Told, table, word } from "./model";

/** What the server needs to find the journeys of a funnel. */
export function funnelAsked(params: URLSearchParams): Record<string, string | readonly string[]> {
  const said: Record<string, string | readonly string[]> = { steps: params.getAll("steps") };
  for (const each of ["within", "order", "same"]) {
    const value = params.get(each);
    if (value !== null) said[each] = value;
  }
  const excluded = params.getAll("exclude");
  return excluded.length > 0 ? { ...said, exclude: excluded } : said;
}

export function tellFunnel(answer: AnswerOf<"funnel">, params: URLSearchParams): Told {
  type Step = { readonly place: number } & (typeof answer.steps)[number];
  type Group = (typeof answer.groups)[number];
  type Next = (typeof answer.dropped)[number]["next"][number] & { readonly step: string; readonly place: number };
  const asked = funnelAsked(params);
  const steps = answer.steps.map((each, place): Step => ({ ...each, place: place + 1 }));
  const last = answer.steps.at(-1);
  const nexts = answer.dropped.flatMap((drop, place) =>
    drop.next.slice(0, 8).map((each): Next => ({ ...each, step: drop.step, place: place + 1 })),
  );
  const value = (group: Group) => (group.values > 1 ? `+ ${String(group.values)}` : (group.value ?? "–"));
  return {
    figures:
      last === undefined
        ? []
        : [
            { key: "customers", kind: "count", value: answer.steps[0]?.customers ?? 0 },
            { key: "converted", kind: "share", value: last.conversion, interval: [last.low, last.high], n: last.n },
            {
              key: "time",
              kind: "duration",
              value: answer.time_to_convert.median_seconds,
              n: answer.time_to_convert.customers,
            },
          ],
    tables: [
      table<Step>("steps", steps, [
        count("step", (row) => row.place),
        name("touchpoint", (row) => row.name),
        opening(
          count("customers", (row) => row.customers),
          (row) => numberOf("funnel", { ...asked, step: row.place }),
        ),
        share(
          "share_of_entered",
          (row) => row.conversion,
          (row) => [row.low, row.high],
          (row) => row.n,
        ),
        share(
          "share_of_previous",
          (row) => (row.place === 1 ? null : row.from_previous),
          (row) => (row.place === 1 ? [null, null] : [row.from_previous_low, row.from_previous_high]),
          (row) => (row.place === 1 ? undefined : row.from_previous_n),
        ),
        duration("median_wait", (row) => row.median_seconds),
      ]),
      ...(answer.groups.length === 0
        ? []
        : [
            table<Group>("groups", answer.groups, [
              name("name", value),
              count("entered", (row) => row.n),
              count("reached_last", (row) => row.steps.at(-1)?.customers),
              share(
                "share",
                (row) => row.steps.at(-1)?.conversion,
                (row) => [row.steps.at(-1)?.low ?? null, row.steps.at(-1)?.high ?? null],
                (row) => row.n,
              ),
              share(
                "rest",
                (row) => row.rest,
                undefined,
                (row) => row.rest_n,
              ),
              {
                key: "difference",
                kind: "points",
                value: (row) => row.difference,
                interval: (row) => [row.difference_low, row.difference_high],
              },
              { key: "sure", kind: "sure", value: (row) => row.is_sure },
            ]),
          ]),
      ...(nexts.length === 0
        ? []
        : [
            table<Next>("drops", nexts, [
              name("dropped_after", (row) => row.step),
              name("next", (row) => row.touchpoint ?? "–"),
              opening(
                count("customers", (row) => row.customers),
                (row) => numberOf("funnel", { ...asked, step: row.place, stopped: true }),
              ),
              share(
                "share",
                (row) => row.share,
                (row) => [row.low, row.high],
                (row) => row.n,
              ),
            ]),
          ]),
    ],
  };
}

export function tellOutcomes(answer: AnswerOf<"outcomes">): Told {
  type Outcome = (typeof answer.outcomes)[number];
  return {
    figures: [
      { key: "journeys", kind: "count", value: answer.journeys },
      { key: "customers", kind: "count", value: answer.customers },
    ],
    tables: [
      table<Outcome>("outcomes", answer.outcomes, [
        word("outcome", (row) => row.outcome),
        count("journeys", (row) => row.journeys),
        count("customers", (row) => row.customers),
        share(
          "share_of_journeys",
          (row) => row.share,
          (row) => [row.low, row.high],
          (row) => row.n,
        ),
        duration("median_length", (row) => row.median_seconds),
      ]),
    ],
  };
}

export function tellGaps(answer: AnswerOf<"gaps">): Told {
  type Switch = (typeof answer.switches)[number];
  type Skipped = (typeof answer.skipped)[number];
  return {
    figures: [
      {
        key: "silent",
        kind: "share",
        value: answer.moves > 0 ? answer.silent_moves / answer.moves : null,
        n: answer.moves,
      },
    ],
    tables: [
      ...(answer.skipped.length === 0
        ? []
        : [
            table<Skipped>("skipped", answer.skipped, [
              name("missing", (row) => row.missing),
              opening(
                name("reached", (row) => row.reached),
                (row) => meeting("stage", row.reached),
              ),
              count("spans", (row) => row.spans),
              count("without", (row) => row.without),
              share(
                "share",
                (row) => row.share,
                (row) => [row.share_low, row.share_high],
                (row) => row.spans,
              ),
              count("customers", (row) => row.customers),
            ]),
          ]),
      table<Switch>("switches", answer.switches, [
        name("from", (row) => `${row.from} (${row.from_channel})`),
        name("to", (row) => `${row.to} (${row.to_channel})`),
        opening(
          count("count", (row) => row.count),
          (row) => numberOf("move", { source: row.from, target: row.to }),
        ),
        numeric("expected", (row) => row.expected),
        count("customers", (row) => row.customers),
        share("share_of_moves", (row) => row.share),
        duration("median", (row) => row.median_seconds),
      ]),
    ],
  };
}

export function tellClusters(answer: AnswerOf<"clusters">, params: URLSearchParams): Told {
  type Cluster = (typeof answer.clusters)[number];
  const asked: Record<string, string | readonly string[]> = {};
  if (params.has("clusters")) asked.clusters = params.get("clusters") ?? "";
  if (params.has("outcome")) asked.outcome = params.getAll("outcome");
  const of = (row: Cluster) => numberOf("cluster", { ...asked, cluster: row.name });
  const withOutcome = answer.clusters.some((each) => each.outcome !== null);
  return {
    figures: [
      { key: "groups", kind: "count", value: answer.clusters.length },
      { key: "journeys", kind: "count", value: answer.total_spans },
      { key: "customers", kind: "count", value: answer.total_customers },
    ],
    tables: [
      table<Cluster>("clusters", answer.clusters, [
        name("group", (row) => row.name),
        opening(
          count("journeys", (row) => row.spans),
          of,
        ),
        share(
          "share_of_journeys",
          (row) => row.share,
          (row) => [row.share_low, row.share_high],
          () => answer.total_spans,
        ),
        opening(
          count("customers", (row) => row.customers),
          of,
        ),
        numeric("median_interactions", (row) => row.median_interactions),
        duration("median_length", (row) => row.median_seconds),
        ...(withOutcome
          ? [
              share<Cluster>(
                "outcome",
                (row) => row.outcome?.value,
                (row) => [row.outcome?.low ?? null, row.outcome?.high ?? null],
                (row) => row.outcome?.n,
              ),
            ]
          : []),
        path("typical", (row) => row.path),
      ]),
    ],
  };
}
