import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage, serve } from "../../test/render";
import { DOCUMENT } from "../samples";
import { Component } from "./PersonaPage";

const PAGE = { at: "/personas/ada", path: "/personas/:id" };
const ADA = { ...DOCUMENT, kind: "persona", id: "ada", version: 3, tree: { id: "ada", name: "Ada", own: 1 } } as const;

test("a change is saved on the version that was opened, with fields that the form does not know", async () => {
  const asked = serve({
    "GET /api/maps/documents/persona/ada": ADA,
    "PUT /api/maps/documents/persona/ada": { kind: "persona", id: "ada", version: 4, outcome: "saved" },
  });
  renderPage(<Component />, PAGE);
  await userEvent.type(await screen.findByLabelText("Goals, one a line"), "A line that works");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(asked.some((each) => each.method === "PUT")).toBe(true));
  const body: unknown = await asked.find((each) => each.method === "PUT")?.json();
  expect(body).toEqual({ tree: { id: "ada", name: "Ada", own: 1, goals: ["A line that works"] }, based_on: 3 });
});

test("what somebody else changed in the same place is told and can be loaded", async () => {
  const refused = { code: "input.conflict", message: "name: ours is Eve", hint: null, conflicts: [] };
  serve({
    "GET /api/maps/documents/persona/ada": ADA,
    "PUT /api/maps/documents/persona/ada": Response.json(refused, { status: 409 }),
  });
  renderPage(<Component />, PAGE);
  const name = await screen.findByRole("textbox", { name: "Name" });
  await userEvent.type(name, " L");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("name: ours is Eve");
  await userEvent.click(screen.getByRole("button", { name: "Load what is saved" }));
  await waitFor(() => expect(name).toHaveValue("Ada"));
  expect(screen.queryByRole("alert")).not.toBeInTheDocument();
});

test("a condition is counted as it is written", async () => {
  serve({
    "GET /api/maps/documents/persona/ada": { ...ADA, tree: { ...ADA.tree, segment: "channel = app" } },
    "GET /api/evidence/count": {
      where: "channel = app",
      interactions: 12,
      customers: 5,
      total: 20,
      first: null,
      last: null,
      missing: [],
    },
  });
  renderPage(<Component />, PAGE);
  expect(await screen.findByText("5 customers, 12 interactions")).toBeInTheDocument();
});

const DELETED = {
  versions: [
    { version: 4, deleted: true, author: "Eve", saved_at: "2026-03-02T10:00:00Z" },
    { version: 3, deleted: false, author: "Ada", saved_at: "2026-03-01T10:00:00Z" },
  ],
};

test("what is typed into a persona that somebody deleted can be saved all the same", async () => {
  const refused = { code: "input.conflict", message: "the persona ada was deleted by Eve", hint: null, conflicts: [] };
  const asked = serve({
    "GET /api/maps/documents/persona/ada": ADA,
    "GET /api/maps/documents/persona/ada/versions": DELETED,
    "PUT /api/maps/documents/persona/ada": Response.json(refused, { status: 409 }),
    "POST /api/maps/documents/persona/ada/restore": { kind: "persona", id: "ada", version: 5, outcome: "saved" },
  });
  renderPage(<Component />, PAGE);
  await userEvent.type(await screen.findByRole("textbox", { name: "Name" }), " L");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("the persona ada was deleted by Eve");
  await userEvent.click(await screen.findByRole("button", { name: "Bring it back with what is written here" }));
  await waitFor(() => expect(asked.filter((each) => each.method === "PUT")).toHaveLength(2));
  const body: unknown = await asked.findLast((each) => each.method === "PUT")?.json();
  expect(body).toMatchObject({ tree: { name: "Ada L" }, based_on: 5 });
  expect(await asked.find((each) => each.method === "POST")?.json()).toEqual({ version: 3 });
});

test("a persona that is deleted can be brought back where it is looked at", async () => {
  const gone = { code: "name.unknown", message: "the persona 'ada' was deleted by Eve", hint: null };
  const asked = serve({
    "GET /api/maps/documents/persona/ada": Response.json(gone, { status: 404 }),
    "GET /api/maps/documents/persona/ada/versions": DELETED,
    "POST /api/maps/documents/persona/ada/restore": { kind: "persona", id: "ada", version: 5, outcome: "saved" },
  });
  renderPage(<Component />, PAGE);
  expect(await screen.findByText(/^Eve deleted it on 2 Mar 2026, 11:00/)).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Bring it back" }));
  await waitFor(() => expect(asked.some((each) => each.method === "POST")).toBe(true));
  expect(await asked.find((each) => each.method === "POST")?.json()).toEqual({ version: 3 });
});

test("before a persona is deleted, the maps that name it are told", async () => {
  const asked = serve({
    "GET /api/maps/documents/persona/ada": ADA,
    "GET /api/maps/documents/persona": {
      documents: [{ id: "ada", name: "Ada", maps: [{ id: "pay", name: "I pay" }] }],
    },
    "DELETE /api/maps/documents/persona/ada": { version: 4, deleted: true },
  });
  renderPage(<Component />, { ...PAGE, path: "/personas/:id?" });
  await screen.findByRole("textbox", { name: "Name" });
  await waitFor(() => expect(screen.getByRole("button", { name: "Delete" })).toHaveAttribute("aria-haspopup"));
  await userEvent.click(screen.getByRole("button", { name: "Delete" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getByText(/1 map names this persona: I pay\. It stays as it is/)).toBeInTheDocument();
  expect(asked.every((each) => each.method === "GET")).toBe(true);
  await userEvent.click(dialog.getByRole("button", { name: "Delete" }));
  await waitFor(() => expect(asked.some((each) => each.method === "DELETE")).toBe(true));
});

test("leaving asks while something is not saved, and stays where the person says so", async () => {
  serve({ "GET /api/maps/documents/persona/ada": ADA });
  renderPage(<Component />, { ...PAGE, path: "/personas/:id?" });
  const who = await screen.findByLabelText("Goals, one a line");
  await userEvent.type(who, "A line that works");
  await userEvent.click(screen.getByRole("link", { name: "All personas" }));
  expect(await screen.findByRole("dialog", { name: "Leave without saving?" })).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Stay" }));
  expect(who).toHaveValue("A line that works");
  await userEvent.click(screen.getByRole("link", { name: "All personas" }));
  await userEvent.click(await screen.findByRole("button", { name: "Leave" }));
  await waitFor(() => expect(who).not.toBeInTheDocument());
});

test("what a new persona was saved as is opened without a question", async () => {
  serve({
    "POST /api/maps/documents/persona": { kind: "persona", id: "ada", version: 1, outcome: "saved" },
    "GET /api/maps/documents/persona/ada": ADA,
  });
  renderPage(<Component />, { ...PAGE, at: "/personas/new" });
  await userEvent.type(await screen.findByRole("textbox", { name: "Name" }), "Ada");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByRole("heading", { name: "Ada" })).toBeVisible();
  expect(screen.queryByRole("dialog")).toBeNull();
});
