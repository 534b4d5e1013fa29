import { screen, waitFor } from "@testing-library/react";
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
  expect(await screen.findByRole("button", { name: "Try all rows of shop again" })).toBeVisible();
  expect(asked[0]?.url).toContain("source=shop&reason=unreadable_time");
});

test("an empty quarantine says so", async () => {
  serve({ "GET /api/sources/quarantine": { waiting: 0, reasons: [], rows: [], next_after: null } });
  renderPage(<QuarantinePage />, { at: "/data/quarantine" });
  expect(await screen.findByText("No row waits to be mended")).toBeVisible();
});

test("who may see rows and not change them is offered no form", async () => {
  serve({ "GET /api/sources/quarantine": WAITING });
  renderPage(<QuarantinePage />, { at: "/data/quarantine", me: { rights: ["look", "see_customers"] } });
  await screen.findByText(/expected a time/);
  expect(screen.queryByRole("button", { name: "Mend" })).toBeNull();
});
