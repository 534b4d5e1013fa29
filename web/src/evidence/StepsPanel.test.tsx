import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { MeasuresAnswer, StepRow } from "../base/api/schema.gen";
import { renderPage, serve } from "../test/render";
import { StepsPanel } from "./StepsPanel";

const SHARES = { low: 0.4, high: 0.6 };
const STEP = {
  id: "look",
  name: "I look",
  optional: false,
  binding: "bound",
  last_interaction: null,
  broken_by: null,
  interactions: 60,
  reached: 50,
  skipped: 1,
  repeated: 2,
  out_of_order: 3,
  left: 4,
  open: 0,
  median_seconds_from_previous: 7200,
  median_seconds_from_previous_low: null,
  median_seconds_from_previous_high: null,
  median_seconds_from_previous_n: 46,
  ...Object.fromEntries(
    ["reached", "skipped", "repeated", "out_of_order", "left"].flatMap((fact) => [
      [`${fact}_share`, 0.5],
      [`${fact}_low`, SHARES.low],
      [`${fact}_high`, SHARES.high],
    ]),
  ),
} as unknown as StepRow;
const UNBOUND = { ...STEP, id: "pay", name: "I pay", binding: "unbound", reached: null, interactions: null } as StepRow;
const FOUND = {
  map: "pay",
  title: "I pay",
  first: "2026-01-01",
  last: "2026-03-31",
  journeys: 100,
  not_on_map: 7,
  open: 0,
  fit: 0.9,
  fit_low: 0.88,
  fit_high: 0.92,
  coverage: 0.8,
  steps: [STEP, UNBOUND],
  unplanned: [{ touchpoint: "Call", after: "look", count: 12 }],
  transitions: [],
  personas: [],
  lanes: [],
  metrics: [],
} as unknown as MeasuresAnswer;
const SERVED = { "GET /api/evidence/maps/pay/check": FOUND };

test("every step has its number, or says why it has none", async () => {
  serve(SERVED);
  renderPage(<StepsPanel map="pay" />);
  const rows = within(await screen.findByRole("list", { name: "Step" })).getAllByRole("listitem");
  expect(rows[0]).toHaveTextContent("I look50.0 %50");
  expect(within(rows[1] as HTMLElement).getByRole("img", { name: /not bound/ })).toBeInTheDocument();
  expect(screen.getByText(/88.0 % to 92.0 %/)).toBeInTheDocument();
});

test("a number of a step opens the journeys behind it", async () => {
  const examples = { map: "pay", what: "left", step: "look", touchpoint: null, journeys: 0, examples: [] };
  const asked = serve({ ...SERVED, "GET /api/evidence/maps/pay/examples": examples });
  renderPage(<StepsPanel map="pay" />, { at: "/maps/pay?step=look" });
  const row = (await screen.findByText("ended here")).closest("tr") as HTMLElement;
  await userEvent.click(within(row).getByRole("button", { name: "4" }));
  expect(await screen.findByText("There is no such journey")).toBeInTheDocument();
  const { searchParams } = new URL(asked.findLast((each) => each.url.includes("/examples"))?.url ?? "");
  expect([searchParams.get("what"), searchParams.get("step")]).toEqual(["left", "look"]);
});

test("the median wait says of how many it is", async () => {
  serve(SERVED);
  renderPage(<StepsPanel map="pay" />, { at: "/maps/pay?step=look" });
  const row = (await screen.findByText("median wait before")).closest("tr") as HTMLElement;
  expect(row).toHaveTextContent("n = 46");
});

test("who may not see customers sees numbers that open nothing", async () => {
  serve(SERVED);
  renderPage(<StepsPanel map="pay" />, { at: "/maps/pay?step=look", me: { rights: ["look"] } });
  const row = (await screen.findByText("ended here")).closest("tr") as HTMLElement;
  expect(within(row).queryByRole("button")).not.toBeInTheDocument();
});

test("a step that too few customers came to says so", async () => {
  const few = { ...STEP, id: "ask", name: "I ask", reached: null, interactions: null } as StepRow;
  serve({ "GET /api/evidence/maps/pay/check": { ...FOUND, steps: [few] } });
  renderPage(<StepsPanel map="pay" />);
  await userEvent.click(await screen.findByRole("button", { name: /I ask/ }));
  expect(await screen.findByText(/Too few customers came to it/)).toBeInTheDocument();
});
