import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { renderPage, serve } from "../test/render";
import { Component as ImportPage } from "./ImportPage";

const UPLOAD = {
  id: "u1",
  name: "visits.csv",
  bytes: 1200,
  by: "Ada",
  received_at: "2026-03-02T09:00:00Z",
  state: "recognised",
  recognised: {
    taken_for: "a table",
    format: null,
    sure: null,
    known_source: false,
    notes: ["time names no time zone: UTC is assumed."],
    rows: 44,
    sampled: 44,
    columns: [
      { name: "event", kind: "VARCHAR", filled: 44, distinct: 2, examples: ["Seen", "Bought"] },
      { name: "time", kind: "TIMESTAMP", filled: 43, distinct: 40, examples: ["2026-01-10 10:00"] },
      { name: "number", kind: "VARCHAR", filled: 44, distinct: 44, examples: ["7"] },
    ],
  },
  mapping: {
    document: {
      source: "visits",
      channel: "web",
      touchpoint: { column: "event" },
      occurred_at: { column: "time", timezone: "UTC" },
      id: { column: "number" },
      identifiers: { order: { column: "number" } },
    },
    yaml: "source: visits\n",
  },
};
const OUTCOME = {
  source: "visits",
  rows: 44,
  read: 44,
  stored: 40,
  duplicates: 1,
  quarantined: 3,
  replaced: 0,
  reasons: { unreadable_time: 3 },
  unusable_identifiers: {},
  notes: [],
};
const WORDS = {
  fields: [
    { name: "touchpoint", kind: "text", meaning: "", unit: null, choices: [], required: true },
    { name: "team", kind: "text", meaning: "", unit: null, choices: [], required: false },
  ],
  identifier_types: [{ name: "order", meaning: "" }],
  formats: [{ name: "ga4_bigquery", meaning: "Google Analytics 4" }],
  duration_units: [],
  time_units: [],
  time_zones: ["UTC", "Europe/Berlin"],
};
const AROUND = {
  "GET /api/sources": { sources: [], now: "2026-03-02T09:00:00Z" },
  "GET /api/sources/mapping-words": WORDS,
  "GET /api/sources/uploads": { uploads: [], largest_bytes: 2e9, free_bytes: 1e9 },
};

function open(upload: object, more: Readonly<Record<string, unknown>> = {}) {
  const asked = serve({ ...AROUND, "GET /api/sources/uploads/u1": upload, ...more });
  renderPage(<ImportPage />, { at: "/data/import/u1", path: "/data/import/:upload?" });
  return asked;
}

test("a recognised file shows its columns with samples and what they mean, also twice", async () => {
  open(UPLOAD);
  expect(await screen.findByText("Taken for: a table")).toBeVisible();
  expect(screen.getByText("time names no time zone: UTC is assumed.")).toBeVisible();
  expect(await screen.findByLabelText("Meaning of event", { selector: "input" })).toHaveValue("Touchpoint");
  expect(screen.getByLabelText("Meaning of number", { selector: "input" })).toHaveValue("Identifier: order");
  expect(screen.getByText("also: Id of the record")).toBeInTheDocument();
  expect(screen.getByLabelText("Channel of all rows")).toHaveValue("web");
});

test("a mapping that lacks something says what, and offers no preview", async () => {
  open(UPLOAD);
  await userEvent.click(await screen.findByLabelText("Meaning of number", { selector: "input" }));
  await userEvent.click(await screen.findByRole("option", { name: "Not used" }));
  expect(screen.getByText("Still missing: an identifier")).toBeVisible();
  expect(screen.getByRole("button", { name: "Preview" })).toBeDisabled();
});

test("a file without times can have one date for all rows", async () => {
  const { occurred_at: _, ...timeless } = UPLOAD.mapping.document;
  const asked = open(
    { ...UPLOAD, mapping: { document: timeless, yaml: "source: visits\n" } },
    { "PUT /api/sources/uploads/u1/mapping": UPLOAD, "POST /api/sources/uploads/u1/preview": UPLOAD },
  );
  expect(await screen.findByText("Still missing: When it happened")).toBeVisible();
  expect(screen.getByText(/choose it at a column with dates, or give one date/)).toBeVisible();
  await userEvent.type(await screen.findByLabelText("One date for all rows"), "2026-03-02{Enter}");
  await userEvent.click(screen.getByRole("button", { name: "Preview" }));
  await waitFor(() => expect(asked.map((each) => each.method)).toContain("PUT"));
  expect(await asked.find((each) => each.method === "PUT")?.json()).toMatchObject({
    document: { occurred_at: { constant: "2026-03-02" } },
  });
});

test("a changed mapping is kept before the preview is asked for", async () => {
  const previewing = { ...UPLOAD, state: "previewing", work: { what: "reading", total: 44 } };
  const asked = open(UPLOAD, {
    "PUT /api/sources/uploads/u1/mapping": UPLOAD,
    "POST /api/sources/uploads/u1/preview": previewing,
  });
  const channel = await screen.findByLabelText("Channel of all rows");
  await userEvent.clear(channel);
  await userEvent.paste("store");
  await userEvent.click(screen.getByRole("button", { name: "Preview" }));
  await waitFor(() => expect(asked.map((each) => each.method)).toContain("POST"));
  const put = asked.find((each) => each.method === "PUT");
  expect(await put?.json()).toMatchObject({ document: { channel: "store" } });
});

test("work at the server is shown with a way to cancel it", async () => {
  const asked = open(
    { ...UPLOAD, state: "importing", work: { what: "writing", total: 1000 } },
    { "POST /api/sources/uploads/u1/cancel": { ...UPLOAD, state: "importing", work: { what: "", cancelling: true } } },
  );
  expect(await screen.findByText("Importing")).toBeVisible();
  expect(screen.getByText("now: writing · 1,000 records")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(asked.some((each) => each.url.endsWith("/cancel"))).toBe(true));
});

test("a preview shows figures that add up, the rows that cannot be used, and how many would be imported", async () => {
  const rejected = [
    { row: 41, field: "occurred_at", reason: "unreadable_time", message: "got 'soon'", record: { time: "soon" } },
  ];
  open({ ...UPLOAD, state: "previewed", preview: { outcome: OUTCOME, rejected, interactions: [] } });
  expect(await screen.findByRole("button", { name: "Import 40 interactions" })).toBeEnabled();
  expect(screen.getByText("Rows that cannot be used: 1 of 3")).toBeVisible();
  expect(screen.getByText("occurred_at: got 'soon'")).toBeVisible();
});

test("an imported file says what to do next", async () => {
  open({ ...UPLOAD, state: "imported", outcome: OUTCOME });
  const mend = await screen.findByRole("link", { name: "Mend 3 rows that could not be used" });
  expect(mend).toHaveAttribute("href", "/data/quarantine?source=visits");
});

test.each([
  ["upload.interrupted", "The server was stopped in the middle of it"],
  ["upload.cancelled", "Cancelled"],
])("what stopped the work is told (%s)", async (code, title) => {
  open({ ...UPLOAD, problem: { code, message: "", hint: null } });
  expect(await screen.findByText(title)).toBeVisible();
});

test.each([
  [3e9, "big.csv has 3 GB, at most 2 GB are taken here"],
  [1.5e9, "big.csv has 1.5 GB, the disk of the server has room for 1 GB"],
  [0, "big.csv is empty"],
])("a file of %d bytes is not even sent", async (size, message) => {
  serve(AROUND);
  renderPage(<ImportPage />, { at: "/data/import", path: "/data/import/:upload?" });
  await screen.findByText("No file is on its way");
  const file = new File([""], "big.csv");
  vi.spyOn(file, "size", "get").mockReturnValue(size);
  const input = document.querySelector<HTMLInputElement>("input[type=file]");
  if (input !== null) await userEvent.upload(input, file);
  expect(await screen.findByRole("alert")).toHaveTextContent(message);
});

test("whoever may not import is told so, and where to look instead", async () => {
  const asked = serve(AROUND);
  renderPage(<ImportPage />, {
    at: "/data/import",
    path: "/data/import/:upload?",
    me: { role: "editor", rights: ["look", "draw"] },
  });
  expect(await screen.findByText("Analysts and admins import and mend data")).toBeVisible();
  expect(document.querySelector("input[type=file]")).toBeNull();
  expect(asked).toHaveLength(0);
});

test("when a step has come the focus is on its heading, and its result is told", async () => {
  const preview = { outcome: OUTCOME, rejected: [], interactions: [] };
  const answers: Record<string, unknown> = {
    ...AROUND,
    "GET /api/sources/uploads/u1": UPLOAD,
    "PUT /api/sources/uploads/u1/mapping": UPLOAD,
    "POST /api/sources/uploads/u1/preview": { ...UPLOAD, state: "previewing", work: { what: "reading", total: 44 } },
    "POST /api/sources/uploads/u1/import": { ...UPLOAD, state: "imported", outcome: OUTCOME },
  };
  serve(answers);
  renderPage(<ImportPage />, { at: "/data/import/u1", path: "/data/import/:upload?" });
  await userEvent.click(await screen.findByRole("button", { name: "Preview" }));
  await waitFor(() => expect(screen.getByRole("heading", { name: "visits.csv" })).toHaveFocus());
  answers["GET /api/sources/uploads/u1"] = { ...UPLOAD, state: "previewed", preview };
  const previewed = await screen.findByRole("heading", { name: "What would become of it" });
  await waitFor(() => expect(previewed).toHaveFocus());
  expect(screen.getByRole("status")).toHaveTextContent("new interactions 40, duplicates 1, unusable 3.");
  await userEvent.click(screen.getByRole("button", { name: /^Import/ }));
  const done = await screen.findByRole("heading", { name: /imported/i });
  await waitFor(() => expect(done).toHaveFocus());
  expect(screen.getByRole("status")).toHaveTextContent(/^The import is done/);
});

test("an import that is opened by its address leaves the focus where a page begins", async () => {
  open(UPLOAD);
  await screen.findByText("Taken for: a table");
  expect(document.body).toHaveFocus();
});

test("a mapping that was changed asks before it is left, a file that is discarded does not", async () => {
  open(UPLOAD, { "DELETE /api/sources/uploads/u1": new Response(null, { status: 204 }) });
  const channel = await screen.findByLabelText("Channel of all rows");
  await userEvent.type(channel, "site");
  await userEvent.click(screen.getByRole("link", { name: "All files" }));
  await screen.findByRole("dialog", { name: "Leave without saving?" });
  await userEvent.keyboard("{Escape}");
  expect(channel).toHaveValue("website");
  await userEvent.click(screen.getByRole("button", { name: "Discard" }));
  await userEvent.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Discard" }));
  await waitFor(() => expect(channel).not.toBeInTheDocument());
});
