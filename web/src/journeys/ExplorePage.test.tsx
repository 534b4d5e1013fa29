import { configure, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, test, vi } from "vitest";
import { renderPage, serve } from "../test/render";
import { Component } from "./ExplorePage";

configure({ asyncUtilTimeout: 8000 });
vi.setConfig({ testTimeout: 40_000 });

const NAMES = {
  timezone: "Europe/Berlin",
  interactions: 6,
  customers: 3,
  first_at: "2026-01-01T00:00:00Z",
  last_at: "2026-06-30T10:00:00Z",
  touchpoints: [
    { name: "Basket", interactions: 3, customers: 3, stage: null },
    { name: "Paid", interactions: 2, customers: 2, stage: null },
  ],
  channels: [{ name: "web", interactions: 6, customers: 3, stage: null }],
  stages: [],
  journeys: [{ id: "order", name: "I order" }],
};
const FLOW = {
  answer: {
    nodes: [
      { name: "Basket", interactions: 3, customers: 3 },
      { name: "Paid", interactions: 2, customers: 2 },
    ],
    edges: [
      { from: "Basket", to: "Paid", count: 2, customers: 2, median_seconds: 60, mean_seconds: 61 },
      { from: "Paid", to: "Basket", count: 5, customers: 1, median_seconds: 5400, mean_seconds: 5400 },
    ],
  },
  notes: ["no interaction has channel 'wbe'; did you mean 'web'?"],
  picture: "drawing",
};
const node = (name: string, kind: string) => ({ kind, name, interactions: 3, customers: 3, starts: 2, ends: 1 });
const box = (name: string, kind = "touchpoint") => ({
  node: node(name, kind),
  area: { x: 0, y: 0, width: 90, height: 40 },
  lines: [name],
  end: null,
});
const PICTURES = {
  answer: {
    first: 0,
    levels: [
      {
        width: 300,
        height: 100,
        boxes: [box("Start", "start"), box("Basket"), box("Paid")],
        moves: [
          {
            edge: { source: 1, target: 2, count: 2, customers: 2, median_seconds: 60 },
            source: node("Basket", "touchpoint"),
            target: node("Paid", "touchpoint"),
            kind: "forward",
            curve: { points: [0, 30, 60, 90].map((x) => ({ x, y: 20 })) },
            thickness: 4,
            label: { text: "2", middle: { x: 45, y: 20 }, shown: true },
          },
        ],
      },
    ],
  },
  notes: [],
};
const BEHIND = {
  answer: {
    times: 2,
    journeys: 2,
    customers: 2,
    examples: [
      {
        customer: "12",
        identifier: "customer:C-1",
        earlier: 0,
        later: 3,
        interactions: [
          { at: "2026-03-02T09:00:00+00:00", touchpoint: "Basket", channel: "web", arrival: 0, is_it: false },
          { at: "2026-03-02T10:00:00+00:00", touchpoint: "Paid", channel: "web", arrival: 1, is_it: true },
        ],
      },
    ],
  },
  notes: [],
};
const ANSWERS = {
  "GET /api/journeys/names": NAMES,
  "GET /api/journeys/saved": [],
  "GET /api/journeys/fields": [],
  "GET /api/journeys/questions/flow": FLOW,
  "GET /api/journeys/pictures/flow": PICTURES,
  "GET /api/journeys/behind/move": BEHIND,
};

const open = (at: string, more: Record<string, unknown> = {}, rights?: readonly string[]) => {
  const asked = serve({ ...ANSWERS, ...more });
  renderPage(<Component />, { at, path: "/explore/:question?", ...(rights === undefined ? {} : { me: { rights } }) });
  return asked;
};

afterEach(() => vi.unstubAllGlobals());

describe("the flow", () => {
  test("is a picture and tables, with what is to be noted", async () => {
    open("/explore/flow");
    expect(await screen.findByRole("region", { name: "Touchpoints" })).toBeDefined();
    expect(await screen.findByRole("button", { name: /Basket → Paid: 2 times, 2 customers/ })).toBeDefined();
    expect(screen.getByText(/did you mean 'web'/)).toBeDefined();
  });

  test("is asked with what the address says, and a ticket", async () => {
    const asked = open("/explore/flow?period=2026-01-01..2026-03-31&by=channel&detail=2");
    await screen.findByRole("region", { name: "Moves" });
    const url = new URL(asked.find((each) => each.url.includes("/questions/flow"))?.url ?? "");
    expect([...url.searchParams.keys()].sort()).toEqual(["by", "period", "ticket"]);
  });

  test("sorts its tables by a column", async () => {
    open("/explore/flow");
    const moves = await screen.findByRole("region", { name: "Moves" });
    const first = () => within(moves).getAllByRole("row")[1]?.textContent;
    expect(first()).toContain("BasketPaid");
    await userEvent.click(within(moves).getByRole("button", { name: "Times" }));
    expect(first()).toContain("PaidBasket");
    expect(within(moves).getByRole("columnheader", { name: "Times" }).getAttribute("aria-sort")).toBe("descending");
  });

  test("opens the journeys behind an arrow with the keyboard", async () => {
    open("/explore/flow");
    const arrow = await screen.findByRole("button", { name: /Basket → Paid/ });
    arrow.focus();
    await userEvent.keyboard("{Enter}");
    const drawer = await screen.findByRole("dialog");
    expect(await within(drawer).findByText("2 journeys of 2 customers")).toBeDefined();
    expect(within(drawer).getByText("customer:C-1")).toBeDefined();
    expect(within(drawer).getByText("3 later")).toBeDefined();
  });

  test("opens nothing for who may not see customers", async () => {
    open("/explore/flow?behind=move%3Fsource%3DBasket%26target%3DPaid", {}, ["look"]);
    expect(await screen.findByRole("img", { name: /Basket → Paid/ })).toBeDefined();
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});

test("an error says what was wrong and what helps, and can be tried again", async () => {
  const wrong = { code: "input.invalid", message: "expected a period, got 'x'", hint: "2026-01-01..2026-03-31" };
  open("/explore/flow?period=x", { "GET /api/journeys/questions/flow": Response.json(wrong, { status: 400 }) });
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("expected a period");
  expect(alert.textContent).toContain("2026-01-01..2026-03-31");
  expect(within(alert).getByRole("button", { name: "Try again" })).toBeDefined();
});

test("a question that was stopped says so", async () => {
  const stopped = { code: "question.cancelled", message: "the question was cancelled", hint: null };
  open("/explore/flow", { "GET /api/journeys/questions/flow": Response.json(stopped, { status: 400 }) });
  expect(await screen.findByText("Cancelled")).toBeDefined();
  expect(screen.getByRole("button", { name: "Ask again" })).toBeDefined();
});

test("an empty workspace says where to begin", async () => {
  open("/explore/flow", { "GET /api/journeys/names": { ...NAMES, interactions: 0 } });
  expect(await screen.findByText("There is nothing to ask yet")).toBeDefined();
});

test("a question that takes long can be stopped, and asked again", async () => {
  const asked = open("/explore/flow");
  const answered = globalThis.fetch;
  let isSlow = true;
  vi.stubGlobal("fetch", (input: Request | URL | string, init?: RequestInit) => {
    const request = new Request(input instanceof Request ? input : new URL(String(input), "http://localhost"), init);
    if (!isSlow || !request.url.includes("/questions/flow?")) return answered(request);
    return new Promise((_, reject) => {
      request.signal.addEventListener("abort", () => reject(request.signal.reason));
    });
  });
  await userEvent.click(await screen.findByRole("button", { name: "Cancel" }));
  expect(await screen.findByText("Cancelled")).toBeVisible();
  expect(asked.some((each) => each.method === "POST" && each.url.endsWith("/cancel"))).toBe(true);
  isSlow = false;
  await userEvent.click(screen.getByRole("button", { name: "Ask again" }));
  expect(await screen.findByRole("region", { name: "Moves" })).toBeVisible();
});

test("a funnel begins with choosing its steps, and is asked when there are two", async () => {
  const asked = open("/explore/funnel");
  await userEvent.click(await screen.findByRole("button", { name: /^Basket/ }));
  expect(await screen.findByText("And then?")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: /^Paid/ }));
  await vi.waitFor(() => expect(asked.some((each) => each.url.includes("steps=Basket&steps=Paid"))).toBe(true));
});

test("a number of customers that is not told is a dash", async () => {
  const unknown = { name: "Debt advice", interactions: 6, customers: null, stage: null };
  open("/explore/funnel", {
    "GET /api/journeys/names": { ...NAMES, touchpoints: [unknown, ...NAMES.touchpoints] },
  });
  const offered = await screen.findAllByRole("button", { name: /^(Basket|Paid|Debt advice)/ });
  expect(offered.map((each) => each.textContent)).toEqual(["Basket3", "Paid2", "Debt advice–"]);
});

test("a press of / offers the other questions", async () => {
  open("/explore/flow");
  await screen.findByRole("region", { name: "Moves" });
  await userEvent.keyboard("/");
  const field = await screen.findByPlaceholderText("Find a question");
  await userEvent.type(field, "effort");
  expect(await screen.findByText("How much effort customers have, and what makes it")).toBeDefined();
});

test("two periods are compared when the second is chosen", async () => {
  const difference = {
    name: "at Paid",
    kind: "share",
    unit: "",
    before: 0.4,
    after: 0.6,
    n_before: 100,
    n_after: 120,
    difference: 0.2,
    low: 0.1,
    high: 0.3,
    p: 0.001,
    is_sure: true,
    untested: null,
  };
  const few = { ...difference, name: "at Refund", low: null, high: null, p: null, is_sure: false, untested: "too_few" };
  const made = { ...few, name: "at Call", untested: "by_segment" };
  const sizes = { first: 100, second: 120, in_both: 0, left_out: false, note: "" };
  const answer = { differences: [difference, few, made], customers: sizes, test: null, left_out: 0 };
  open("/explore/flow?period=2026-04-01..2026-06-30&compare=on", {
    "GET /api/journeys/comparisons/flow": { answer, notes: [], picture: "chart" },
  });
  await userEvent.click(await screen.findByRole("button", { name: "The period before" }));
  expect(await screen.findByText("100 customers compared with 120")).toBeDefined();
  expect(screen.getAllByText("+20.0 points")).toHaveLength(3);
  const verdict = (name: string) => screen.getByText(name).closest("tr")?.lastElementChild?.textContent;
  expect(["at Paid", "at Refund", "at Call"].map(verdict)).toEqual(["yes", "too few to say", "made so by the segment"]);
});

const NO_GAPS = { moves: 0, silent_moves: 0, switches: [], skipped: [] };
const NO_SCORES = {
  by: null,
  total: { n: 0, score: null, low: null, high: null },
  response: null,
  groups: [{ n: 0, score: null, low: null, high: null }],
  distribution: [],
  answering: [],
};

test.each([
  ["gaps", "", NO_GAPS, /^A gap is a change of channel/],
  ["gaps", "?period=2026-04-01..2026-06-30", NO_GAPS, /^No interaction fits this period.*A gap is a change of channel/],
  ["scores", "", NO_SCORES, /^No score of this kind is in the data/],
] as const)(
  "what is missing for %s%s is said, not only that nothing is there",
  async (question, search, answer, told) => {
    open(`/explore/${question}${search}`, {
      [`GET /api/journeys/questions/${question}`]: { answer, notes: [], picture: "chart" },
    });
    expect(await screen.findByText(told)).toBeDefined();
    expect(screen.getByRole("link", { name: "Import data" }).getAttribute("href")).toBe("/data/import");
    expect(screen.queryByText("–")).toBeNull();
  },
);

test("why there is no quick second group is written where it would be chosen", async () => {
  open("/explore/flow?compare=on");
  expect(await screen.findByText(/^Choose a period in the bar first.*Choose a segment in the bar first/)).toBeDefined();
});

test("it speaks German", async () => {
  serve(ANSWERS);
  renderPage(<Component />, { at: "/explore/flow", path: "/explore/:question?", language: "de" });
  expect(await screen.findByRole("region", { name: "Übergänge" })).toBeDefined();
});
