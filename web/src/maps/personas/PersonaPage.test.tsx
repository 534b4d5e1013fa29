import { screen, waitFor } from "@testing-library/react";
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
