import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Figure, FindingEntry, HomePeriod, Tile } from "../base/api/schema.gen";
import { renderPage, serve } from "../test/render";
import { Component } from "./HomePage";

const PERIOD: HomePeriod = {
  start: "2026-06-03",
  end: "2026-06-30",
  before_start: "2026-05-06",
  before_end: "2026-06-02",
  days: 28,
  weeks: ["2026-06-17", "2026-06-24"],
  first_day: "2026-01-01",
  last_day: "2026-06-30",
  timezone: "Europe/Berlin",
};
const EARLIER: HomePeriod = { ...PERIOD, last_day: "2026-11-20" };
const RESOLUTION: Figure = {
  id: "first_contact_resolution",
  name: null,
  kind: "share",
  unit: "",
  value: 0.759,
  low: 0.73,
  high: 0.786,
  n: 922,
  before: 0.7,
  n_before: 1261,
  difference: 0.059,
  difference_low: 0.02,
  difference_high: 0.09,
  is_sure: true,
  untested: null,
  within_seconds: null,
  better: "higher",
  missing: null,
  start: "2026-06-03",
  end: "2026-06-30",
  points: [
    { start: "2026-06-17", value: 0.74, n: 400 },
    { start: "2026-06-24", value: 0.77, n: 522 },
  ],
  touchpoints: [],
  ask: { question: "contacts", parameters: { period: "2026-06-03..2026-06-30" } },
};
const NPS: Figure = {
  ...RESOLUTION,
  id: "nps",
  kind: "mean",
  value: null,
  low: null,
  high: null,
  n: 0,
  before: null,
  difference: null,
  difference_low: null,
  difference_high: null,
  is_sure: false,
  missing: "nothing",
  points: [],
};
const FINDING: FindingEntry = {
  id: "a1",
  kind: "transition",
  measure: "transition",
  name: null,
  unit: "",
  slope: null,
  slope_low: null,
  slope_high: null,
  subject: "App opened → Signed in",
  segment: "attributes.os",
  segment_value: "android",
  first_day: "2026-06-07",
  last_day: null,
  before: 0.044,
  after: 0.66,
  low: 0.542,
  high: 0.689,
  n: 1886,
  confidence: 1,
  text: "",
  also: [],
  functions: ["product"],
  ask: { question: "paths", parameters: { touchpoint: "App opened", period: "2026-06-07..2026-06-30" } },
  mark: "new",
};
const TILES: readonly Tile[] = [
  { id: "figure:first_contact_resolution", size: "small", hidden: false },
  { id: "figure:nps", size: "small", hidden: false },
  { id: "panel:findings", size: "large", hidden: false },
  { id: "panel:maps", size: "small", hidden: false },
  { id: "panel:freshness", size: "small", hidden: false },
];
const view = (name: string) => ({ function: name, is_own: false, tiles: TILES });
const ANSWERS = {
  "GET /api/home/figures": { working: null, period: PERIOD, figures: [RESOLUTION, NPS] },
  "GET /api/home/findings": { working: null, findings: [FINDING] },
  "GET /api/home/maps": { working: null, total: 1, maps: [] },
  "GET /api/home/sources": { working: null, sources: [] },
  "GET /api/home/views/overview": view("overview"),
  "GET /api/home/views/service": view("service"),
  "PUT /api/home/views/overview": view("overview"),
  "PUT /api/home/findings": new Response(null, { status: 204 }),
};

test("a figure has its unit, interval, n, and says whether its change is good news and more than chance", async () => {
  serve(ANSWERS);
  renderPage(<Component />);
  const tile = await screen.findByRole("region", { name: "First contact resolution" });
  expect(tile).toHaveTextContent("75.9 %");
  expect(tile).toHaveTextContent("+5.9 points · better");
  expect(tile).toHaveTextContent("73.0 % to 78.6 % · n = 922");
  expect(within(tile).getByRole("link", { name: /open in Explore/ })).toHaveAttribute(
    "href",
    "/explore/contacts?period=2026-06-03..2026-06-30",
  );
});

test("where most of the data ends before the newest, the page says so and leads to the newest days", async () => {
  const asked = serve({
    ...ANSWERS,
    "GET /api/home/figures": { working: null, period: EARLIER, figures: [RESOLUTION] },
  });
  renderPage(<Component />);
  expect(await screen.findByText(/Most of the data ends on .*30 Jun 2026; only smaller sources go on/)).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Show the newest days" }));
  await waitFor(() => expect(asked.some((each) => each.url.includes("period=2026-10-24..2026-11-20"))).toBe(true));
  expect(screen.queryByRole("button", { name: "Show the newest days" })).toBeNull();
});

test("a figure that cannot be measured says why", async () => {
  serve(ANSWERS);
  renderPage(<Component />, { language: "de" });
  expect(await screen.findByRole("region", { name: "NPS" })).toHaveTextContent("Nicht gemessen");
});

test("a finding says what, for whom, since when and how sure, and opens its journeys", async () => {
  serve(ANSWERS);
  renderPage(<Component />);
  const row = within(await screen.findByRole("region", { name: "Going on" })).getByRole("listitem");
  expect(row).toHaveTextContent("os: android");
  expect(row).toHaveTextContent("since 7 Jun 2026");
  expect(row).toHaveTextContent("difference +54.2 to +68.9 points (95 %) · n = 1,886 · confidence above 99.9 %");
  expect(within(row).getByRole("link", { name: /App opened/ })).toHaveAttribute(
    "href",
    "/explore/paths?touchpoint=App+opened&period=2026-06-07..2026-06-30",
  );
  const opened = within(row).getAllByRole("link", { name: /Show the journeys behind it/ });
  expect(opened.map((each) => each.textContent)).toEqual(["n = 1,886", "4.4\u00a0%", "66.0\u00a0%"]);
});

test("a slow change says how fast it is, and what it was at first", async () => {
  const trend = {
    ...FINDING,
    kind: "trend",
    measure: "conversion",
    subject: "order",
    name: "I order",
    slope: -0.012,
    slope_low: -0.02,
    slope_high: -0.004,
  };
  serve({ ...ANSWERS, "GET /api/home/findings": { working: null, findings: [trend] } });
  renderPage(<Component />, { language: "de" });
  const row = within(await screen.findByRole("region", { name: "Dauert an" })).getByRole("listitem");
  expect(within(row).getByRole("link", { name: "I order" })).toHaveTextContent("I order");
  expect(row).toHaveTextContent("allmählich: −1,2 Punkte je Woche");
  expect(row).toHaveTextContent("anfangs");
});

test("D on a finding dismisses it for this person, and it can be brought back", async () => {
  const asked = serve(ANSWERS);
  renderPage(<Component />);
  (await screen.findByRole("link", { name: /App opened/ })).focus();
  await userEvent.keyboard("d");
  expect(await screen.findByText("You have dismissed everything")).toBeVisible();
  const sent = asked.find((each) => each.method === "PUT");
  expect(await sent?.json()).toEqual({ findings: ["a1"], mark: "dismissed" });
  await userEvent.click(screen.getByRole("button", { name: "Show dismissed (1)" }));
  expect(screen.getByRole("button", { name: "Bring back" })).toBeVisible();
});

test("a function shows only findings that concern it, and how many others there are", async () => {
  serve(ANSWERS);
  renderPage(<Component />, { at: "/?view=service" });
  expect(await screen.findByText("Nothing that concerns this function")).toBeVisible();
  expect(screen.getByText("1 more in the overview")).toBeVisible();
});

test("a tile is moved by the keys of its handle, and that is kept", async () => {
  const asked = serve(ANSWERS);
  renderPage(<Component />);
  await userEvent.click(await screen.findByRole("button", { name: "Arrange" }));
  (await screen.findByRole("button", { name: "Move NPS" })).focus();
  await userEvent.keyboard("{ArrowLeft}");
  const grid = screen.getByRole("region", { name: "Key figures" });
  await waitFor(() =>
    expect(
      within(grid)
        .getAllByRole("region")
        .map((each) => each.getAttribute("aria-label")),
    ).toEqual(["NPS", "First contact resolution"]),
  );
  const body = (await asked.find((each) => each.method === "PUT")?.json()) as { tiles: Tile[] };
  expect(body.tiles.map((each) => each.id)).toEqual([TILES[1], TILES[0], ...TILES.slice(2)].map((each) => each?.id));
  expect(screen.getByText("NPS is at place 1 of 2")).toBeInTheDocument();
});

test("while the server works, the page says how far it is", async () => {
  serve({
    ...ANSWERS,
    "GET /api/home/figures": { working: { step: "reading", done: 1, total: 4 }, period: null, figures: [] },
  });
  renderPage(<Component />);
  expect(await screen.findByText(/Working it out · 25.0 % done/)).toBeVisible();
});

test("days of one's own are kept in the address and asked for", async () => {
  const asked = serve(ANSWERS);
  renderPage(<Component />);
  await userEvent.click(await screen.findByRole("button", { name: "Other …" }));
  await userEvent.clear(await screen.findByLabelText(/From/));
  await userEvent.type(screen.getByLabelText(/From/), "2026-05-01");
  await userEvent.click(screen.getByRole("button", { name: "Show" }));
  await waitFor(() =>
    expect(asked.map((each) => new URL(each.url).searchParams.get("period"))).toContain("2026-05-01..2026-06-30"),
  );
});

test("a saved segment is kept in the address, asked for, and told by its name", async () => {
  const saved = { saved: 1, name: "On the web", condition: "channel = web", author: "Ada", saved_at: "2026-11-22" };
  const asked = serve({ ...ANSWERS, "GET /api/journeys/segments": [saved], "GET /api/evidence/personas": [] });
  renderPage(<Component />);
  await userEvent.click(await screen.findByRole("button", { name: "Segment Everybody" }));
  await userEvent.click(await screen.findByRole("button", { name: /^On the web/ }));
  await waitFor(() =>
    expect(asked.map((each) => new URL(each.url).searchParams.get("segment"))).toContain("channel = web"),
  );
  expect(await screen.findByRole("button", { name: "Segment On the web" })).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Key figures of everybody" }));
  expect(await screen.findByRole("button", { name: "Segment Everybody" })).toBeVisible();
});

test("a newcomer is led to the first file, the journeys and a map", async () => {
  serve({ "GET /api/home/figures": { working: null, period: null, figures: [] } });
  renderPage(<Component />);
  const steps = await screen.findAllByRole("link");
  expect(steps.map((each) => each.getAttribute("href"))).toEqual(["/data", "/explore", "/maps"]);
});

test("a map to review says each reason once", async () => {
  const map = { id: "buy", title: "I buy", owner: null, review_date: null, reviewed: null, staleness: null };
  const reasons = [
    { kind: "overdue", message: "review overdue for 22 days" },
    { kind: "errors", message: "step pay: no name" },
  ];
  serve({ ...ANSWERS, "GET /api/home/maps": { working: null, total: 1, maps: [{ ...map, reasons }] } });
  renderPage(<Component />);
  expect(await screen.findByText("Review overdue for 22 days")).toBeVisible();
  expect(screen.getByText("Has errors:")).toHaveTextContent("Has errors: step pay: no name");
});

test("an error shows what the server said and lets the person try again", async () => {
  const refusal = { code: "input.invalid", message: "expected a duration, got 'soon'", hint: "such as 28d" };
  serve({ ...ANSWERS, "GET /api/home/figures": Response.json(refusal, { status: 400 }) });
  renderPage(<Component />, { at: "/?period=soon" });
  expect(await screen.findByRole("alert")).toHaveTextContent("such as 28d");
});
