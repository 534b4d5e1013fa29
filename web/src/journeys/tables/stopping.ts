import { askedOf, EVERY, numberOf } from "../behind/number";
import type { AnswerOf } from "../questions";
import { count, duration, name, numeric, opening, path, share, type Told, table, word } from "./model";

/** What the server needs to find the journeys of a funnel. */
export function funnelAsked(params: URLSearchParams): Record<string, string | readonly string[]> {
  return Object.fromEntries(
    Object.entries(askedOf("funnel", params)).filter(([name]) => name !== "by" && name !== "dropped"),
  );
}

export function tellFunnel(answer: AnswerOf<"funnel">, params: URLSearchParams): Told {
  type Step = { readonly place: number } & (typeof answer.steps)[number];
  type Group = (typeof answer.groups)[number];
  type Next = (typeof answer.dropped)[number]["next"][number] & { readonly step: string; readonly place: number };
  const asked = funnelAsked(params);
  const reached = (step: number) => numberOf("funnel", { ...asked, step });
  const steps = answer.steps.map((each, place): Step => ({ ...each, place: place + 1 }));
  const last = answer.steps.at(-1);
  const nexts = answer.dropped.flatMap((drop, place) =>
    drop.next.slice(0, 8).map((each): Next => ({ ...each, step: drop.step, place: place + 1 })),
  );
  const ofGroup = (group: Group, step: number) =>
    group.values > 1
      ? undefined
      : numberOf("funnel", {
          ...asked,
          by: answer.by ?? "",
          step,
          ...(group.value === null ? { group: "unknown" } : { value: group.value }),
        });
  const ofRest = (group: Group, step: number) =>
    group.values > 1 || group.value === null
      ? undefined
      : numberOf("funnel", { ...asked, by: answer.by ?? "", step, value: group.value, group: "rest" });
  const stopped = (row: Next) => numberOf("funnel", { ...asked, step: row.place, stopped: true });
  const wentOn = (row: Next) =>
    numberOf("funnel", {
      ...asked,
      step: row.place,
      stopped: true,
      ...(row.touchpoint === null ? { ended: true } : { following: row.touchpoint }),
    });
  const value = (group: Group) => (group.values > 1 ? `+ ${String(group.values)}` : (group.value ?? "–"));
  return {
    figures:
      last === undefined
        ? []
        : [
            { key: "customers", kind: "count", value: answer.steps[0]?.customers ?? 0, behind: reached(1) },
            {
              key: "converted",
              kind: "share",
              value: last.conversion,
              interval: [last.low, last.high],
              n: last.n,
              behind: reached(steps.length),
              behindN: reached(1),
            },
            {
              key: "time",
              kind: "duration",
              value: answer.time_to_convert.median_seconds,
              n: answer.time_to_convert.customers,
              behind: reached(steps.length),
              behindN: reached(steps.length),
            },
          ],
    tables: [
      table<Step>("steps", steps, [
        count("step", (row) => row.place),
        name("touchpoint", (row) => row.name),
        opening(
          count("customers", (row) => row.customers),
          (row) => reached(row.place),
        ),
        opening(
          share(
            "share_of_entered",
            (row) => row.conversion,
            (row) => [row.low, row.high],
            (row) => row.n,
          ),
          (row) => reached(row.place),
          () => reached(1),
        ),
        opening(
          share(
            "share_of_previous",
            (row) => (row.place === 1 ? null : row.from_previous),
            (row) => (row.place === 1 ? [null, null] : [row.from_previous_low, row.from_previous_high]),
            (row) => (row.place === 1 ? undefined : row.from_previous_n),
          ),
          (row) => (row.place === 1 ? undefined : reached(row.place)),
          (row) => reached(row.place - 1),
        ),
        opening(
          duration("median_wait", (row) => row.median_seconds),
          (row) => reached(row.place),
        ),
      ]),
      ...(answer.groups.length === 0
        ? []
        : [
            table<Group>("groups", answer.groups, [
              name("name", value),
              opening(
                count("entered", (row) => row.n),
                (row) => ofGroup(row, 1),
              ),
              opening(
                count("reached_last", (row) => row.steps.at(-1)?.customers),
                (row) => ofGroup(row, steps.length),
              ),
              opening(
                share(
                  "share",
                  (row) => row.steps.at(-1)?.conversion,
                  (row) => [row.steps.at(-1)?.low ?? null, row.steps.at(-1)?.high ?? null],
                  (row) => row.n,
                ),
                (row) => ofGroup(row, steps.length),
                (row) => ofGroup(row, 1),
              ),
              opening(
                share(
                  "rest",
                  (row) => row.rest,
                  undefined,
                  (row) => row.rest_n,
                ),
                (row) => ofRest(row, steps.length),
                (row) => ofRest(row, 1),
              ),
              {
                key: "difference",
                kind: "points",
                value: (row) => row.difference,
                interval: (row) => [row.difference_low, row.difference_high],
              },
              { key: "sure", kind: "sure", value: (row) => row.untested ?? row.is_sure },
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
                wentOn,
              ),
              opening(
                share(
                  "share",
                  (row) => row.share,
                  (row) => [row.low, row.high],
                  (row) => row.n,
                ),
                wentOn,
                stopped,
              ),
            ]),
          ]),
    ],
  };
}

export function tellOutcomes(answer: AnswerOf<"outcomes">): Told {
  type Outcome = (typeof answer.outcomes)[number];
  const ended = (row: Outcome) => numberOf("outcome", { outcome: row.outcome });
  const undecided = answer.outcomes.find((each) => each.outcome === "unfinished")?.journeys ?? 0;
  return {
    figures: [
      { key: "journeys", kind: "count", value: answer.journeys, behind: EVERY },
      { key: "customers", kind: "count", value: answer.customers, behind: EVERY },
      ...(answer.within_seconds === null
        ? []
        : [
            {
              key: "in_time" as const,
              kind: "share" as const,
              value: answer.in_time.value,
              interval: [answer.in_time.low, answer.in_time.high] as const,
              n: answer.in_time.n,
              behind: numberOf("outcome", { outcome: "in time" }),
              behindN: numberOf("outcome", { outcome: "followed" }),
              told: "in_time" as const,
            },
          ]),
      ...(undecided === 0
        ? []
        : [
            {
              key: "undecided" as const,
              kind: "share" as const,
              value: undecided / answer.journeys,
              n: answer.journeys,
              behind: numberOf("outcome", { outcome: "unfinished" }),
              behindN: EVERY,
              told: "undecided" as const,
            },
          ]),
    ],
    tables: [
      table<Outcome>("outcomes", answer.outcomes, [
        word("outcome", (row) => row.outcome),
        opening(
          count("journeys", (row) => row.journeys),
          ended,
        ),
        opening(
          count("customers", (row) => row.customers),
          ended,
        ),
        opening(
          share(
            "share_of_over",
            (row) => row.share,
            (row) => [row.low, row.high],
            (row) => row.n,
          ),
          ended,
          () => numberOf("outcome", { outcome: "over" }),
        ),
        opening(
          duration("median_length", (row) => row.median_seconds),
          ended,
        ),
      ]),
    ],
  };
}

export function tellGaps(answer: AnswerOf<"gaps">, params: URLSearchParams): Told {
  type Switch = (typeof answer.switches)[number];
  type Skipped = (typeof answer.skipped)[number];
  const asked = askedOf("gaps", params);
  const without = (row: Skipped) => numberOf("skipped", { ...asked, reached: row.reached, missing: row.missing });
  const reached = (row: Skipped) => numberOf("skipped", { ...asked, reached: row.reached });
  const silent = (row: Switch) =>
    numberOf("switch", {
      ...asked,
      source: row.from,
      source_channel: row.from_channel,
      target: row.to,
      target_channel: row.to_channel,
    });
  return {
    figures: [
      {
        key: "silent",
        kind: "share",
        value: answer.moves > 0 ? answer.silent_moves / answer.moves : null,
        n: answer.moves,
        behind: numberOf("switch", asked),
        behindN: numberOf("switch", { ...asked, silent: false }),
      },
    ],
    tables: [
      ...(answer.skipped.length === 0
        ? []
        : [
            table<Skipped>("skipped", answer.skipped, [
              name("missing", (row) => row.missing),
              name("reached", (row) => row.reached),
              opening(
                count("spans", (row) => row.spans),
                reached,
              ),
              opening(
                count("without", (row) => row.without),
                without,
              ),
              opening(
                share(
                  "share",
                  (row) => row.share,
                  (row) => [row.share_low, row.share_high],
                  (row) => row.spans,
                ),
                without,
                reached,
              ),
              opening(
                count("customers", (row) => row.customers),
                without,
              ),
            ]),
          ]),
      table<Switch>("switches", answer.switches, [
        name("from", (row) => `${row.from} (${row.from_channel})`),
        name("to", (row) => `${row.to} (${row.to_channel})`),
        opening(
          count("count", (row) => row.count),
          silent,
        ),
        numeric("expected", (row) => row.expected),
        opening(
          count("customers", (row) => row.customers),
          silent,
        ),
        opening(
          share("share_of_moves", (row) => row.share),
          silent,
        ),
        opening(
          duration("median", (row) => row.median_seconds),
          silent,
        ),
      ]),
    ],
  };
}

export function tellClusters(answer: AnswerOf<"clusters">, params: URLSearchParams): Told {
  type Cluster = (typeof answer.clusters)[number];
  const asked = askedOf("clusters", params);
  const of = (row: Cluster) => numberOf("cluster", { ...asked, cluster: row.name });
  const withOutcome = answer.clusters.some((each) => each.outcome !== null);
  return {
    figures: [
      { key: "groups", kind: "count", value: answer.clusters.length },
      { key: "journeys", kind: "count", value: answer.total_spans, behind: EVERY },
      { key: "customers", kind: "count", value: answer.total_customers, behind: EVERY },
    ],
    tables: [
      table<Cluster>("clusters", answer.clusters, [
        name("group", (row) => row.title),
        opening(
          count("journeys", (row) => row.spans),
          of,
        ),
        opening(
          share(
            "share_of_journeys",
            (row) => row.share,
            (row) => [row.share_low, row.share_high],
            () => answer.total_spans,
          ),
          of,
          () => EVERY,
        ),
        opening(
          count("customers", (row) => row.customers),
          of,
        ),
        opening(
          numeric("median_interactions", (row) => row.median_interactions),
          of,
        ),
        opening(
          duration("median_length", (row) => row.median_seconds),
          of,
        ),
        ...(withOutcome
          ? [
              opening(
                share<Cluster>(
                  "outcome",
                  (row) => row.outcome?.value,
                  (row) => [row.outcome?.low ?? null, row.outcome?.high ?? null],
                  (row) => row.outcome?.n,
                ),
                (row) => numberOf("cluster", { ...asked, cluster: row.name, reached: true }),
                of,
              ),
            ]
          : []),
        path("typical", (row) => row.path),
      ]),
    ],
  };
}
