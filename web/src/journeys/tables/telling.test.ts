import { describe, expect, test } from "vitest";
import type { AnswerOf } from "../questions";
import type { Column, Table } from "./model";
import { tell } from "./telling";

const share = (value: number | null, n: number) => ({ share: value, low: value, high: value, n });

/** What the first row of a table opens, and the n of what, by column. */
function opened(shown: Table | undefined): Readonly<Record<string, string>> {
  if (shown === undefined) throw new Error("no table");
  return shown(({ rows, columns }) => {
    const [row] = rows;
    if (row === undefined) throw new Error("no row");
    const found = columns.flatMap((each: Column<typeof row>) => [
      [each.key, each.behind?.(row)],
      [`n of ${each.key}`, each.behindN?.(row)],
    ]);
    return Object.fromEntries(found.filter(([, number]) => number !== undefined));
  });
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
const driver = { kind: "touchpoint", feature: "Call", of: ["Call"], share_with: 0.76, n_with: 25, reach: 0.026 };
const push = { from: "web", to: "phone", count: 9, customers: 8, share: estimate, extra_cost: 30 };

describe("what is behind a number", () => {
  test("of a driver are the journeys with it or without it, and those of them with the outcome", () => {
    const answer = { drivers: [driver], moments: [{ touchpoint: "Call", n: 5 }], spans: 9, share: 0.5 };
    const told = tell("drivers", answer as never, new URLSearchParams("outcomes=Buy"));
    const [drivers, moments] = told.tables;
    const call = "driver?outcomes=Buy&feature=touchpoint&of=Call&side=";
    expect(opened(drivers)).toEqual({
      difference: `${call}either`,
      share_with: `${call}with&with_outcome=true`,
      "n of share_with": `${call}with`,
      share_without: `${call}without&with_outcome=true`,
      "n of share_without": `${call}without`,
      reach: `${call}with`,
      odds: `${call}either`,
    });
    expect(opened(moments)).toEqual({
      n: `${call}with`,
      reach: `${call}with`,
      difference: `${call}either`,
      points: `${call}with`,
    });
    expect(told.figures.map((each) => [each.behind, each.behindN])).toEqual([
      ["driver?outcomes=Buy&with_outcome=true", "driver?outcomes=Buy"],
      ["driver?outcomes=Buy", undefined],
    ]);
  });

  test("of a feeling are the journeys in which it is told", () => {
    const answer = { by: "stage", steps: [{ step: "Buy", line: "NPS", n: 4 }] };
    const told = tell("emotion", answer as never, new URLSearchParams("by=stage&teams=A&teams=B"));
    const told_of = "feeling?by=stage&teams=A&teams=B&step=Buy&line=NPS";
    expect(opened(told.tables[0])).toEqual({ mean: told_of, n: told_of });
  });

  test.each([
    [0, "credit?outcomes=Buy&lookback=7d&name=Call"],
    [3, undefined],
  ])("of credit are the ways of the touchpoint, of what is lumped together (%i) none", (lumped, behind) => {
    const credits = { last: { conversions: 2, share: 0.4 } };
    const row = { name: "Call", journeys: 9, converting: 5, credits };
    const answer = { by: "touchpoint", touchpoints: [row], lumped, conversions: 5, conversion: estimate };
    const told = tell("attribution", answer as never, new URLSearchParams("outcomes=Buy&lookback=7d"));
    const found = opened(told.tables[0]);
    expect([found.journeys, found.converting, found.last]).toEqual([
      behind,
      behind && `${behind}&converting=true`,
      behind && `${behind}&model=last`,
    ]);
  });

  test("of chains are needs and their contacts", () => {
    const channel = { channel: "phone", contacts: 9, cost: 20, unpriced: 1 };
    const parts = { chains: [], containment: [], pushes: [push], channels: [channel], cost_per_resolved: null };
    const answer = { ...parts, currency: "GBP", total_chains: 9, resolved: estimate };
    const told = tell("chains", answer as unknown as AnswerOf<"chains">, new URLSearchParams());
    const [pushes, costs] = told.tables.slice(-2);
    const pushed = "need_contacts?channel=phone&after=web";
    expect(opened(pushes)).toEqual({
      count: pushed,
      customers: pushed,
      share: pushed,
      "n of share": "need_contacts?after=web",
      extra_cost: pushed,
    });
    expect(opened(costs)).toEqual({
      contacts: "need_contacts?channel=phone",
      cost: "need_contacts?channel=phone&priced=true",
      unpriced: "need_contacts?channel=phone&priced=false",
    });
    expect(told.figures.map((each) => each.behind)).toEqual(["needs?that=all", "needs?that=resolved"]);
  });

  test("of effort are the contacts of a group, and those of which a component is known", () => {
    const part = { component: "transfer", contacts: 9, spans: 7, amount: 4, points: 8, share: 0.2 };
    const group = { team: null, contacts: 5, points: 10, share: 0.3, per_contact: 2, low: 1, high: 3 };
    const parts = { components: [part], groups: [group], by: "team", contacts: 9 };
    const answer = { ...parts, mean: estimate, with_effort: estimate } as unknown as AnswerOf<"effort">;
    const [components, added] = tell("effort", answer, new URLSearchParams("by=team")).tables;
    expect(opened(components)).toEqual({
      contacts: "effort?by=team&component=transfer&known=contacts",
      spans: "effort?by=team&component=transfer&known=journeys",
      amount: "effort?by=team&component=transfer",
      points: "effort?by=team&component=transfer",
      share_of_points: "effort?by=team&component=transfer",
    });
    expect(opened(added)).toEqual({
      contacts: "effort?by=team&value=&component=contact",
      points: "effort?by=team&value=",
      share_of_points: "effort?by=team&value=",
      per_contact: "effort?by=team&value=&known=contacts",
    });
  });

  test("of who answers are the customers of the channel, and those of them who did", () => {
    const row = { channel: "phone", customers: 9, answered: 4, share: 0.4, low: 0.2, high: 0.6 };
    const answer = { by: null, total: { n: 4 }, response: null, groups: [], distribution: [], answering: [row] };
    const told = tell("scores", answer as unknown as AnswerOf<"scores">, new URLSearchParams("kind=CSAT"));
    expect(opened(told.tables.at(-1))).toEqual({
      customers: "answering?kind=CSAT&channel=phone&answered=false",
      answered: "answering?kind=CSAT&channel=phone&answered=true",
      share: "answering?kind=CSAT&channel=phone&answered=true",
      "n of share": "answering?kind=CSAT&channel=phone&answered=false",
    });
  });

  test("of loops where every journey has one touchpoint are those journeys, not shares of none", () => {
    const none = { share: null, share_low: null, share_high: null };
    const process = { spans: 0, single: 5329, linear: none, branching: none, cyclical: none };
    const answer = { process, touchpoints: [], loops: [] } as unknown as AnswerOf<"loops">;
    const { figures } = tell("loops", answer, new URLSearchParams());
    expect(figures.map(({ key, value }) => [key, value])).toEqual([["single", 5329]]);
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
    ["team", null, "contacts?channels=web&channels=phone&by=team&that=all&value="],
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

  test.each([
    [0, undefined, []],
    [3, undefined, ["response"]],
    [3, 1, ["response", "response_open"]],
  ])("of contacts with %s answers have a time to it, in open hours where there are any", (n, open, columns) => {
    const none = { n: 0, mean_seconds: null, low: null, high: null, median_seconds: null, p90_seconds: null };
    const times = { wait: none, hold: none, handle: none, response: { ...none, n } };
    const group = {
      name: "chat",
      contacts: 9,
      customers: 7,
      abandoned: share(0, 9),
      resolved: share(0.5, 8),
      repeats: 4,
      transferred: share(null, 0),
      times: open === undefined ? times : { ...times, response_open: { ...none, n: open, median_seconds: 60 } },
    };
    const answer = { by: "channel", total: group, groups: [group], chains: [] } as unknown as AnswerOf<"contacts">;
    const found = looked(tell("contacts", answer, new URLSearchParams())) ?? {};
    expect(Object.keys(found).filter((key) => key.startsWith("response"))).toEqual(columns);
  });

  test("of a headline figure are the journeys that it counts", () => {
    const answer: AnswerOf<"outcomes"> = {
      journeys: 9,
      customers: 7,
      within_seconds: 86_400,
      in_time: { value: 0.5, low: 0.1, high: 0.9, n: 4 },
      outcomes: [
        { outcome: "timed out", journeys: 4, customers: 3, share: 0.5, low: 0.2, high: 0.8, n: 8, median_seconds: 60 },
        {
          outcome: "unfinished",
          journeys: 1,
          customers: 1,
          share: null,
          low: null,
          high: null,
          n: 0,
          median_seconds: 60,
        },
      ],
    };
    const told = tell("outcomes", answer, new URLSearchParams("journey=order"));
    expect(told.figures.map((each) => [each.value, each.behind])).toEqual([
      [9, "every?"],
      [7, "every?"],
      [0.5, "outcome?outcome=in+time"],
      [1 / 9, "outcome?outcome=unfinished"],
    ]);
    const { journeys, share_of_over } = looked(told);
    expect([journeys?.behind, share_of_over?.behind]).toEqual([
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

  test("of those who dropped and went on so are just those", () => {
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
    expect(drops).toBe("funnel?steps=A&steps=B&within=7d&step=1&stopped=true&following=Call");
  });
});
