import { describe, expect, test } from "vitest";
import type { AnswerOf } from "../questions";
import type { Column, Table } from "./model";
import { tell } from "./telling";

const share = (value: number | null, n: number) => ({ share: value, low: value, high: value, n });

/** What the rows of a table open. */
function opened(shown: Table): readonly string[] {
  return shown(({ rows, columns }) =>
    rows.flatMap((row) => columns.flatMap((each: Column<typeof row>) => each.behind?.(row) ?? [])),
  );
}

/** The columns of the first table by key, as somebody who looks at its first row. */
function looked(told: ReturnType<typeof tell>) {
  const [first] = told.tables;
  if (first === undefined) throw new Error("no table");
  return first(({ rows, columns }) => {
    const row = rows[0];
    if (row === undefined) throw new Error("no row");
    return Object.fromEntries(
      columns.map((each: Column<typeof row>) => [each.key, { value: each.value(row), behind: each.behind?.(row) }]),
    );
  });
}

const estimate = { value: 0.5, low: 0.3, high: 0.7, n: 8 };
const driver = { kind: "touchpoint", feature: "Call", share_with: 0.76, n_with: 25, reach: 0.026 };
const push = { from: "web", to: "phone", count: 9, customers: 8, share: estimate, extra_cost: 30 };
const credited = { name: "Call", journeys: 9, converting: 5, credits: {} };

describe("what is behind a number", () => {
  test.each([
    ["drivers", { drivers: [driver], moments: [{ touchpoint: "Call", n: 5 }], spans: 9, share: 0.5 }],
    ["emotion", { by: "touchpoint", steps: [{ step: "Call", n: 4 }] }],
    ["attribution", { by: "touchpoint", touchpoints: [credited], lumped: 0, conversions: 5, conversion: estimate }],
  ] as const)("of %s is nothing: no journeys that are told are just those it counts", (question, answer) => {
    const told = tell(question, answer as never, new URLSearchParams("outcomes=Buy"));
    expect(told.tables.flatMap((each) => opened(each))).toEqual([]);
    expect(told.figures.filter((each) => each.behind !== undefined)).toEqual([]);
  });

  test("of chains are needs, never all who made a move or used a channel", () => {
    const channel = { channel: "phone", contacts: 9, cost: 20, unpriced: 0 };
    const parts = { chains: [], containment: [], pushes: [push], channels: [channel], cost_per_resolved: null };
    const answer = { ...parts, currency: "GBP", total_chains: 9, resolved: estimate };
    const told = tell("chains", answer as unknown as AnswerOf<"chains">, new URLSearchParams());
    expect(told.tables.flatMap((each) => opened(each))).toEqual([]);
    expect(told.figures.map((each) => each.behind)).toEqual(["needs?that=all", "needs?that=resolved"]);
  });

  test("of a variant is its exact path", () => {
    const answer: AnswerOf<"variants"> = {
      total_customers: 4,
      total_spans: 5,
      total_variants: 3,
      variants: [{ path: ["A", "B"], customers: 2, spans: 3, share: 0.5, median_seconds: 60 }],
    };
    const { customers } = looked(tell("variants", answer, new URLSearchParams("span=session")));
    expect(customers).toEqual({ value: 2, behind: "variant?path=A&path=B" });
  });

  test("of a path by channel is asked for by channel", () => {
    const answer: AnswerOf<"common"> = {
      total_customers: 4,
      total_spans: 5,
      total_paths: 3,
      journeys: [
        {
          path: ["web", "phone"],
          customers: 2,
          spans: 3,
          share: 0.5,
          share_low: 0.1,
          share_high: 0.9,
          covered_customers: 2,
          covered: 0.5,
          median_seconds: 60,
        },
      ],
    };
    const { customers } = looked(tell("common", answer, new URLSearchParams("by=channel")));
    expect(customers?.behind).toBe("common?path=web&path=phone&by=channel&order=kept");
  });

  test.each([
    ["channel", "phone", "contacts?channels=web&channels=phone&by=channel&that=all&value=phone"],
    ["team", "Ann's", "contacts?channels=web&channels=phone&by=team&that=all&value=Ann%27s"],
    ["team", null, undefined],
  ])("of contacts by %s %s is %s", (by, name, behind) => {
    const times = { n: 0, mean_seconds: null, low: null, high: null, median_seconds: null, p90_seconds: null };
    const group = {
      name,
      contacts: 9,
      customers: 7,
      abandoned: share(0, 9),
      resolved: share(0.5, 8),
      repeats: 4,
      median_repeat_seconds: 60,
      transferred: share(null, 0),
      changed_agent: share(null, 0),
      times: { wait: times, hold: times, handle: times, response: times },
      unanswered: 0,
      outcomes: [],
    };
    const answer: AnswerOf<"contacts"> = {
      by,
      reason: null,
      within_seconds: 604_800,
      transferred_to: null,
      opening_hours: null,
      abandoned: [],
      teams: null,
      weekday: null,
      total: group,
      groups: [group],
      without_case: 0,
      not_over: 1,
      without_reason: 0,
      transfers: [],
      total_chains: 0,
      chains: [],
    };
    expect(looked(tell("contacts", answer, new URLSearchParams("channels=web&channels=phone")))?.contacts?.behind).toBe(
      behind,
    );
  });

  test("of a headline figure are the journeys that it counts", () => {
    const answer: AnswerOf<"outcomes"> = {
      journeys: 9,
      customers: 7,
      outcomes: [
        { outcome: "timed out", journeys: 4, customers: 3, share: 0.5, low: 0.2, high: 0.8, n: 8, median_seconds: 60 },
      ],
    };
    const told = tell("outcomes", answer, new URLSearchParams("journey=order"));
    expect(told.figures.map((each) => each.behind)).toEqual(["every?", "every?"]);
    const { journeys, share_of_journeys } = looked(told);
    expect([journeys?.behind, share_of_journeys?.behind]).toEqual([
      "outcome?outcome=timed+out",
      "outcome?outcome=timed+out",
    ]);
  });

  test("of those who came back is their cohort, asked as the question is", () => {
    const cell = { since: 2, returned: 5, customers: 10, share: 0.5, low: 0.2, high: 0.8 };
    const answer = {
      customers: 20,
      inactive: { name: "inactive", value: 0.5, low: 0.3, high: 0.7, n: 9 },
      curve: [cell],
      cohorts: [],
    } as unknown as AnswerOf<"retention">;
    const { returned, share } = looked(tell("retention", answer, new URLSearchParams("by=month&starts=A&starts=B")));
    expect(returned?.behind).toBe("cohort?starts=A&starts=B&by=month&that=returned&since=2");
    expect(share?.behind).toBe(returned?.behind);
  });

  test("of those who dropped are those who stop after that step", () => {
    const step = (name: string, customers: number, before: number) => ({
      name,
      customers,
      conversion: customers / 10,
      low: 0,
      high: 1,
      n: 10,
      from_previous: customers / before,
      from_previous_low: 0,
      from_previous_high: 1,
      from_previous_n: before,
      median_seconds: 60,
      lower_seconds: 30,
      upper_seconds: 90,
      distribution: [],
    });
    const answer: AnswerOf<"funnel"> = {
      order: "loose",
      same: null,
      without_same: 0,
      steps: [step("A", 10, 10), step("B", 4, 10)],
      time_to_convert: { customers: 4, median_seconds: 60, lower_seconds: 30, upper_seconds: 90, distribution: [] },
      by: null,
      groups: [],
      dropped: [
        {
          step: "A",
          customers: 6,
          returned: { customers: 1, ...share(1 / 6, 6), median_seconds: 60 },
          next: [{ touchpoint: "Call", customers: 3, ...share(0.5, 6) }],
        },
      ],
    };
    const told = tell("funnel", answer, new URLSearchParams("steps=A&steps=B&within=7d"));
    expect(told.figures.map((each) => each.value)).toEqual([10, 0.4, 60]);
    const drops = told.tables.at(-1)?.(({ rows, columns }) => {
      const row = rows[0];
      return row === undefined ? undefined : columns.find((each) => each.key === "customers")?.behind?.(row);
    });
    expect(drops).toBe("funnel?steps=A&steps=B&within=7d&step=1&stopped=true");
  });
});
