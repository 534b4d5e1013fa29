import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage, serve } from "../test/render";
import { Component as QuarantinePage } from "./QuarantinePage";

const ROW = {
  id: 7,
  source: "shop",
  file: "shop.csv",
  row: 41,
  field: "occurred_at",
  reason: "unreadable_time",
  message: "expected a time, got 'soon'",
  form: "columns",
  values: { event: "Seen", time: "soon", user: "ann" },
  columns: ["event", "time", "user"],
};
const WAITING = {
  waiting: 1,
  unusable: 1,
  reasons: [{ source: "shop", reason: "unreadable_time", waiting: 1 }],
  rows: [ROW],
  next_after: null,
};

test("a row says what is wrong with it, and is fed back as a whole with what was put right", async () => {
  const asked = serve({
    "GET /api/sources/quarantine": WAITING,
    "POST /api/sources/quarantine/mend": { read: 1, stored: 1, duplicates: 0, quarantined: 0 },
  });
  renderPage(<QuarantinePage />, { at: "/data/quarantine" });
  expect(await screen.findByText("When it happened: expected a time, got 'soon'")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Mend" }));
  const time = await screen.findByLabelText("time");
  await userEvent.clear(time);
  await userEvent.type(time, "2026-01-05{Enter}");
  await waitFor(() => expect(asked.some((each) => each.method === "POST")).toBe(true));
  expect(await asked.find((each) => each.method === "POST")?.json()).toEqual({
    source: "shop",
    rows: [{ id: 7, values: { event: "Seen", time: "2026-01-05", user: "ann" } }],
  });
});

test("the source and the reason in the address are asked for", async () => {
  const asked = serve({ "GET /api/sources/quarantine": WAITING });
  renderPage(<QuarantinePage />, { at: "/data/quarantine?source=shop&reason=unreadable_time" });
  expect(await screen.findByRole("region", { name: "This row" })).toBeVisible();
  expect(asked[0]?.url).toContain("source=shop&reason=unreadable_time");
});

const PLACE = { at: "/data/quarantine?source=shop&reason=unreadable_time" };

test("all rows of a reason are corrected after a look at what that would do", async () => {
  const found = { read: 1_200, stored: 1_000, duplicates: 50, quarantined: 150, reasons: { no_identifier: 150 } };
  const asked = serve({
    "GET /api/sources/quarantine": { ...WAITING, waiting: 1_200 },
    "POST /api/sources/quarantine/preview": found,
    "POST /api/sources/quarantine/replay": found,
    "GET /api/sources/quarantine/work": { running: true, what: "", done: null, total: null },
  });
  renderPage(<QuarantinePage />, PLACE);
  await userEvent.click(await screen.findByRole("radio", { name: "Replace a value" }));
  await userEvent.click(screen.getByLabelText("Column", { selector: "input" }));
  await userEvent.click(await screen.findByRole("option", { name: "time" }));
  await userEvent.type(screen.getByLabelText("Value now", { selector: "input" }), "soon");
  await userEvent.type(screen.getByLabelText("New value"), "2026-01-05");
  await userEvent.click(screen.getByRole("button", { name: "See what it would do" }));
  const foreseen = "Of 1,200 records 1,000 would be stored, 50 are duplicates, 150 would still wait.";
  expect(await screen.findByText(foreseen)).toBeVisible();
  expect(screen.getByText("Still waiting for: No usable identifier: 150")).toBeVisible();
  expect(asked.some((each) => each.url.endsWith("/replay"))).toBe(false);
  await userEvent.click(screen.getByRole("button", { name: "Do it" }));
  await waitFor(() => expect(asked.some((each) => each.url.endsWith("/replay"))).toBe(true));
  expect(await asked.find((each) => each.url.endsWith("/replay"))?.json()).toEqual({
    source: "shop",
    reason: "unreadable_time",
    correction: { column: "time", value: "2026-01-05", of: "soon" },
  });
});

test("all rows are given up only after a question", async () => {
  const asked = serve({
    "GET /api/sources/quarantine": { ...WAITING, waiting: 1_200 },
    "POST /api/sources/quarantine/give-up": { rows: 1_200 },
  });
  renderPage(<QuarantinePage />, PLACE);
  await userEvent.click(await screen.findByRole("radio", { name: "Give them up" }));
  const giveUp = screen.getByRole("button", { name: "Give 1,200 rows up" });
  await userEvent.click(giveUp);
  await screen.findByRole("dialog", { name: "Give 1,200 rows up?" });
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(giveUp).toHaveFocus());
  expect(asked.some((each) => each.method === "POST")).toBe(false);
  await userEvent.click(giveUp);
  const sure = within(await screen.findByRole("dialog"));
  await userEvent.click(sure.getByRole("button", { name: "Give 1,200 rows up" }));
  await waitFor(() => expect(asked.some((each) => each.url.endsWith("/give-up"))).toBe(true));
});

test("why fewer rows wait than could not be used is told", async () => {
  serve({ "GET /api/sources/quarantine": { ...WAITING, unusable: 44 } });
  renderPage(<QuarantinePage />, { at: "/data/quarantine?source=shop" });
  expect(await screen.findByText(/^44 records could not be used when they came, 1 rows wait/)).toBeVisible();
});

test("an empty quarantine says so", async () => {
  serve({ "GET /api/sources/quarantine": { waiting: 0, unusable: 0, reasons: [], rows: [], next_after: null } });
  renderPage(<QuarantinePage />, { at: "/data/quarantine" });
  expect(await screen.findByText("No row waits to be mended")).toBeVisible();
});

test("who may see rows and not change them is offered no form", async () => {
  serve({ "GET /api/sources/quarantine": WAITING });
  renderPage(<QuarantinePage />, { at: "/data/quarantine", me: { rights: ["look", "see_customers"] } });
  await screen.findByText(/expected a time/);
  expect(screen.queryByRole("button", { name: "Mend" })).toBeNull();
});
