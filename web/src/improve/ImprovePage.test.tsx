import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import type { OpportunityAnswer, TaskAnswer } from "../base/api/schema.gen";
import { renderPage, serve } from "../test/render";
import { columnsOf } from "./columns";
import { Component } from "./ImprovePage";
import { changeOf } from "./TaskDrawer";

const OPPORTUNITY: OpportunityAnswer = {
  rank: 1,
  id: "pay-again",
  title: "How might we let people pay again?",
  summary: null,
  score: 2,
  missing: [],
  customer_value: 5,
  business_value: 3,
  value: 4,
  effort: 2,
  reach: null,
  impact: null,
  confidence: null,
  ease: null,
  person_months: null,
  quadrant: "quick win",
  status: "open",
  owner: "Ada",
  evidence: 1,
  kinds_of_evidence: 1,
  maps: ["buy"],
  pains: [
    {
      map: "buy",
      map_title: "I buy",
      step: "card",
      step_name: "I pay by card",
      cell: "p1",
      text: "It fails",
      evidence: 1,
    },
  ],
  steps: [{ map: "buy", map_title: "I buy", step: "card", step_name: "I pay by card" }],
  version: 3,
  is_document: false,
  metrics: [],
  solutions: [{ id: "retry", title: "A button", status: "idea", tasks: 1, tasks_done: 0 }],
};
const UNRATED: OpportunityAnswer = {
  ...OPPORTUNITY,
  rank: null,
  id: "move",
  title: "How might we help people move?",
  score: null,
  missing: ["customer_value", "effort"],
  customer_value: null,
  value: null,
  effort: null,
  quadrant: null,
  pains: [],
  steps: [],
};
const TASK: TaskAnswer = {
  id: "t1",
  title: "Build it",
  department: "App",
  owner: null,
  due: "2026-01-31",
  kpi: null,
  kpi_metric: null,
  version: 3,
  status: "open",
  late: true,
  solution: "retry",
  solution_title: "A button",
  opportunity: "pay-again",
  opportunity_title: "How might we let people pay again?",
  map: "buy",
  map_title: "I buy",
  step: "card",
};
const ANSWERS = {
  "GET /api/improve/opportunities": {
    score: "value-effort",
    customer_weight: 0.5,
    opportunities: [OPPORTUNITY, UNRATED],
  },
  "GET /api/improve/tasks": { today: "2026-02-01", tasks: [TASK] },
  "GET /api/improve/choices": {
    maps: [{ id: "buy", title: "I buy", steps: [{ id: "card", name: "I pay by card" }] }],
    metrics: [{ id: "paid", name: "Paid at once", unit: null, target: 0.9, is_share: true }],
  },
};

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(900);
});

test("an opportunity says what its score is made of, and what is missing where it has none", async () => {
  serve(ANSWERS);
  renderPage(<Component />, { at: "/improve?tab=list" });
  const rows = await screen.findAllByRole("row");
  expect(rows[1]).toHaveTextContent("customer value 5");
  expect(rows[2]).toHaveTextContent("lacks customer value, effort");
  expect(within(rows[1] as HTMLElement).getByRole("link", { name: "I pay by card" })).toHaveAttribute(
    "href",
    "/maps/buy?step=card",
  );
});

test("what is opened is in the address, and tells the pains behind it", async () => {
  serve(ANSWERS);
  renderPage(<Component />, { at: "/improve?tab=list&opportunity=pay-again" });
  expect(await screen.findByRole("dialog")).toHaveTextContent("“It fails”");
});

test("an opportunity without value and effort is named below the matrix", async () => {
  serve(ANSWERS);
  renderPage(<Component />);
  expect(await screen.findByText(/1 without value or effort/)).toHaveTextContent("How might we help people move?");
});

test("a task moves to the next column with Shift and an arrow key", async () => {
  const moved = { ...TASK, status: "doing", late: true };
  const asked = serve({
    ...ANSWERS,
    "PATCH /api/improve/tasks/pay-again/retry/t1": { task: moved, version: 2, merged: false },
  });
  renderPage(<Component />, { at: "/improve?tab=board" });
  const card = await screen.findByRole("button", { name: "Build it" });
  card.focus();
  await userEvent.keyboard("{Shift>}{ArrowRight}{/Shift}");
  const doing = screen.getByRole("region", { name: "Doing (1)" });
  expect(within(doing).getByRole("button", { name: "Build it" })).toHaveFocus();
  const change = asked.find((each) => each.method === "PATCH");
  expect(await change?.json()).toEqual({ status: "doing" });
  expect(screen.getByRole("status")).toHaveTextContent("Build it is in Doing");
});

test("a change that the server refuses is taken back", async () => {
  const refusal = Response.json({ code: "input.conflict", message: "Ben has saved meanwhile" }, { status: 409 });
  serve({ ...ANSWERS, "PATCH /api/improve/tasks/pay-again/retry/t1": refusal });
  renderPage(<Component />, { at: "/improve?tab=board" });
  (await screen.findByRole("button", { name: "Build it" })).focus();
  await userEvent.keyboard("{Shift>}{ArrowRight}{/Shift}");
  await waitFor(() => expect(screen.getByRole("region", { name: "Open (1)" })).toBeVisible());
});

test("who may not draw moves nothing", async () => {
  const asked = serve(ANSWERS);
  renderPage(<Component />, { at: "/improve?tab=board", me: { role: "viewer", rights: ["look"] }, language: "de" });
  const card = await screen.findByRole("button", { name: "Build it" });
  expect(card.closest("li")).toHaveAttribute("draggable", "false");
  card.focus();
  await userEvent.keyboard("{Shift>}{ArrowRight}{/Shift}");
  expect(asked.some((each) => each.method === "PATCH")).toBe(false);
  expect(screen.getByText(/Sie dürfen ansehen/)).toBeVisible();
});

test("a workspace without opportunities leads to the maps", async () => {
  serve({ "GET /api/improve/opportunities": { score: "ice", customer_weight: 0.5, opportunities: [] } });
  renderPage(<Component />);
  expect(await screen.findByRole("link", { name: "Open the maps" })).toHaveAttribute("href", "/maps");
});

test("columns by department hold every task once, nobody's at the end", () => {
  const tasks = [{ ...TASK, id: "t2", department: null }, TASK, { ...TASK, id: "t3", due: null }];
  const columns = columnsOf(tasks, "department");
  expect(columns.map((each) => [each.id, each.tasks.map((task) => task.id)])).toEqual([
    ["App", ["t1", "t3"]],
    ["", ["t2"]],
  ]);
});

test.each([
  ["nothing", {}, null],
  ["a state", { status: "done" as const }, { status: "done" }],
  ["an owner", { owner: " Ada " }, { owner: "Ada" }],
  ["an empty day", { due: "" }, { due: null }],
])("only what was changed is sent: %s", (_, said, change) => {
  const before = { title: "Build it", status: TASK.status, owner: "", department: "App", due: "2026-01-31", kpi: "" };
  expect(changeOf(TASK, { ...before, ...said })).toEqual(change);
});

test("a new opportunity names its map and step, and is opened", async () => {
  const made = { ...UNRATED, id: "faster", title: "How might we ship faster?" };
  const asked = serve({
    ...ANSWERS,
    "POST /api/improve/opportunities": { opportunity: made, version: 4, merged: false, solution: null },
  });
  renderPage(<Component />);
  await userEvent.click(await screen.findByRole("button", { name: "New opportunity" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.type(within(dialog).getByRole("textbox", { name: /Opportunity/ }), made.title);
  await userEvent.click(within(dialog).getByRole("combobox", { name: "Step" }));
  await userEvent.click(await screen.findByRole("option", { name: "I pay by card", hidden: true }));
  await userEvent.click(within(dialog).getByRole("button", { name: "Add" }));
  await waitFor(() => expect(asked.some((each) => each.method === "POST")).toBe(true));
  const body: unknown = await asked.find((each) => each.method === "POST")?.json();
  expect(body).toEqual({ map: "buy", title: made.title, step: "card" });
});

test("a rating that the server refuses stays in its field, with what speaks against it", async () => {
  const refusal = Response.json({ code: "input.conflict", message: "Ben has saved meanwhile" }, { status: 409 });
  const asked = serve({ ...ANSWERS, "PATCH /api/improve/opportunities/pay-again": refusal });
  renderPage(<Component />, { at: "/improve?opportunity=pay-again" });
  const effort = await screen.findByRole("textbox", { name: "Effort, 1 to 5" });
  await userEvent.clear(effort);
  await userEvent.type(effort, "4");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText(/Ben has saved meanwhile/)).toBeVisible();
  expect(effort).toHaveValue("4");
  expect(await asked.find((each) => each.method === "PATCH")?.json()).toEqual({ effort: 4, based_on: 3 });
});

test("a rating beyond its bounds stays as it was written, says what may be, and is not saved", async () => {
  serve(ANSWERS);
  renderPage(<Component />, { at: "/improve?opportunity=pay-again" });
  const effort = await screen.findByRole("textbox", { name: "Effort, 1 to 5" });
  await userEvent.clear(effort);
  await userEvent.type(effort, "9");
  await userEvent.tab();
  expect(effort).toHaveValue("9");
  expect(effort).toHaveAccessibleDescription("1 to 5");
  expect(screen.getByRole("button", { name: "Save" })).toBeDisabled();
});

test("who may not draw is offered nothing to make, rate or remove", async () => {
  serve(ANSWERS);
  renderPage(<Component />, { at: "/improve?opportunity=pay-again", me: { role: "viewer", rights: ["look"] } });
  expect(await screen.findByRole("dialog")).toHaveTextContent("Solutions");
  for (const name of ["New opportunity", "New task", "Save", "Add", "Remove the opportunity"]) {
    expect(screen.queryByRole("button", { name })).toBeNull();
  }
});

test("a metric is told by its name and target, as the KPI of a task too", async () => {
  const metric = { id: "paid", name: "Paid at once", unit: null, target: 0.9, is_share: true };
  serve({
    ...ANSWERS,
    "GET /api/improve/tasks": { today: "2026-02-01", tasks: [{ ...TASK, kpi: "paid", kpi_metric: metric }] },
  });
  renderPage(<Component />, { at: "/improve?tab=board" });
  expect(await screen.findByText(/^KPI: Paid at once, target 90/)).toBeVisible();
});

test.each([
  ["good", "today 92.0 %, n = 50: target already reached"],
  ["bad", "today 92.0 %, n = 50"],
])("an opportunity tells what its metric is today: %s", async (health, said) => {
  const metric = { id: "paid", name: "Paid at once", unit: null, target: 0.9, is_share: true };
  const reading = { metric: "paid", name: "Paid at once", value: 0.92, n: 50, unit: "share", target: 0.9, health };
  serve({
    ...ANSWERS,
    "GET /api/improve/opportunities": {
      ...ANSWERS["GET /api/improve/opportunities"],
      opportunities: [{ ...OPPORTUNITY, maps: ["buy"], metrics: [metric] }],
    },
    "GET /api/evidence/maps/buy/check": { metrics: [reading] },
  });
  renderPage(<Component />, { at: "/improve?opportunity=pay-again" });
  expect(await screen.findByText(said)).toBeInTheDocument();
});

test("an opportunity that was dropped is taken up again", async () => {
  const asked = serve({
    ...ANSWERS,
    "GET /api/improve/opportunities": {
      ...ANSWERS["GET /api/improve/opportunities"],
      opportunities: [{ ...OPPORTUNITY, status: "dropped" }],
    },
    "PATCH /api/improve/opportunities/pay-again": { opportunity: OPPORTUNITY, version: 2, merged: false },
  });
  renderPage(<Component />, { at: "/improve?opportunity=pay-again" });
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.click(dialog.getByRole("combobox", { name: "State" }));
  await userEvent.click(await screen.findByRole("option", { name: "Open" }));
  await userEvent.click(dialog.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(asked.some((each) => each.method === "PATCH")).toBe(true));
  expect(await asked.find((each) => each.method === "PATCH")?.json()).toMatchObject({ status: "open" });
});

test.each([
  ["Stay", true],
  ["Leave", false],
])("Escape asks before what was typed into an opportunity is lost: %s", async (answer, isOpen) => {
  serve(ANSWERS);
  renderPage(<Component />, { at: "/improve?opportunity=pay-again" });
  await userEvent.type(await screen.findByRole("textbox", { name: "Summary" }), "By card{Escape}");
  await userEvent.click(within(await screen.findByRole("dialog", { name: /^Leave/ })).getByText(answer));
  await waitFor(() => expect(screen.queryByRole("dialog", { name: /^Leave/ })).toBeNull());
  expect(screen.queryByDisplayValue("By card") !== null).toBe(isOpen);
});

test("a task that was changed asks before it closes, and its Cancel does not", async () => {
  serve(ANSWERS);
  renderPage(<Component />, { at: "/improve?tab=board" });
  await userEvent.click(await screen.findByRole("button", { name: "Build it" }));
  await userEvent.type(await screen.findByRole("textbox", { name: "Owner" }), "Ada{Escape}");
  await userEvent.click(await screen.findByRole("button", { name: "Stay" }));
  expect(screen.getByRole("textbox", { name: "Owner" })).toHaveValue("Ada");
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});
