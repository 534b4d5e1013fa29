import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { ProposalRow } from "../base/api/schema.gen";
import { renderPage, serve } from "../test/render";
import { ProposalsPanel } from "./ProposalsPanel";

const ROW: ProposalRow = {
  id: "add-step:compare",
  kind: "add-step",
  what: "a step Compare after I search",
  why: "in 60 of 80 journeys",
  count: 60,
  of: 80,
  share: 0.75,
  low: 0.65,
  high: 0.83,
  fit_before: 0.8,
  fit_after: 0.95,
};
const ADDRESS = "/api/evidence/maps/pay/proposals";
const TOLD = { map: "pay", title: "I pay", journeys: 80, only_at_goal: false, fit: 0.8, first: null, last: null };
const SERVED = {
  [`GET ${ADDRESS}`]: { ...TOLD, proposals: [ROW], rejected: [], discarded: [] },
  [`POST ${ADDRESS}`]: { map: "pay", version: 4 },
};

async function decision(asked: readonly Request[]): Promise<unknown> {
  await waitFor(() => expect(asked.some((each) => each.method === "POST")).toBe(true));
  return asked.find((each) => each.method === "POST")?.json();
}

test("a proposal is accepted by itself, on the version that is shown", async () => {
  const asked = serve(SERVED);
  renderPage(<ProposalsPanel map="pay" version={3} />);
  expect(await screen.findByText("60 of 80 journeys speak for it; fit 80.0 % → 95.0 %")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Accept" }));
  expect(await decision(asked)).toEqual({ accepted: [ROW.id], rejected: [], based_on: 3 });
});

test("a proposal is rejected with a reason", async () => {
  const asked = serve(SERVED);
  renderPage(<ProposalsPanel map="pay" version={3} />);
  await userEvent.click(await screen.findByRole("button", { name: "Reject" }));
  await userEvent.type(screen.getByLabelText("Why not? (optional)"), "not ours{Enter}");
  expect(await decision(asked)).toMatchObject({ rejected: [ROW.id], because: "not ours" });
});

test("a viewer reads the numbers and decides nothing", async () => {
  serve(SERVED);
  renderPage(<ProposalsPanel map="pay" version={3} />, { me: { rights: ["look"] } });
  await screen.findByText(ROW.what);
  expect(screen.queryByRole("button", { name: "Accept" })).not.toBeInTheDocument();
});
