import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage, serve } from "../../test/render";
import { CARD, THREAD } from "../samples";
import { Component } from "./LibraryPage";

const SERVED = {
  "GET /api/maps/library": { maps: [CARD], total: 1, problems: [] },
  "GET /api/maps/comments/open": { open: { pay: 2 } },
  "GET /api/evidence/staleness": {
    maps: [{ map: "pay", staleness: 0.7, parts: [], drift: null, silent: [], broken: [], problem: null }],
  },
};

test("a map is a link with what one chooses it by", async () => {
  serve(SERVED);
  renderPage(<Component />, { at: "/maps" });
  const card = await screen.findByRole("link", { name: /I pay/ });
  expect(card).toHaveAttribute("href", "/maps/pay");
  for (const said of ["1 phase, 2 steps", "1 of 2 steps measured", "Nora", "review overdue since", "money"]) {
    expect(card).toHaveTextContent(said);
  }
  expect(await within(card).findByText(/stale 0.7/)).toBeInTheDocument();
  expect(within(card).getByLabelText("2 open comments")).toBeInTheDocument();
});

test("what the address says is what the server is asked for", async () => {
  const asked = serve(SERVED);
  renderPage(<Component />, { at: "/maps?search=pay&level=journey" });
  await screen.findByRole("link", { name: /I pay/ });
  expect(asked.map((each) => new URL(each.url).search)).toContain("?search=pay&level=journey");
});

test("maps are filtered by the journey that they are tied to, under its name", async () => {
  const maps = [{ ...CARD, journey: "moving" }];
  const asked = serve({
    ...SERVED,
    "GET /api/maps/library": { maps, total: 1, problems: [] },
    "GET /api/journeys/definitions": [{ id: "moving", name: "I move house" }],
  });
  renderPage(<Component />, { at: "/maps" });
  expect(await screen.findByRole("link", { name: /I move house/ })).toBeInTheDocument();
  await userEvent.click(screen.getByRole("combobox", { name: "Journey" }));
  await userEvent.click(await screen.findByRole("option", { name: "I move house" }));
  await waitFor(() => expect(asked.map((each) => new URL(each.url).search)).toContain("?journey=moving"));
});

test("maps that the data moved away from are found by their staleness", async () => {
  serve({ ...SERVED, "GET /api/evidence/staleness": { maps: [] } });
  renderPage(<Component />, { at: "/maps?attention=stale" });
  expect(await screen.findByText("No map fits")).toBeInTheDocument();
});

test("without maps a newcomer is led to the first one", async () => {
  serve({
    ...SERVED,
    "GET /api/maps/library": { maps: [], total: 0, problems: [] },
    "GET /api/maps/templates": { templates: [] },
  });
  renderPage(<Component />, { at: "/maps" });
  await screen.findByText("No map yet");
  await userEvent.click(screen.getAllByRole("button", { name: "New map" })[0] as HTMLElement);
  expect(await screen.findByRole("tab", { name: "From a template" })).toHaveAttribute("aria-selected", "true");
});

test("a viewer is not offered to make one", async () => {
  serve(SERVED);
  renderPage(<Component />, { at: "/maps", me: { rights: ["look"] } });
  await screen.findByRole("link", { name: /I pay/ });
  expect(screen.queryByRole("button", { name: "New map" })).not.toBeInTheDocument();
});

test("comments that name me lead to the place that they are about", async () => {
  serve({ ...SERVED, "GET /api/maps/comments/mine": { comments: [THREAD.comment] } });
  renderPage(<Component />, { at: "/maps" });
  const link = await screen.findByRole("link", { name: "Is that so?" });
  expect(link).toHaveAttribute("href", "/maps/pay?panel=comments&about=cell%2Fdoes-look");
});

test("a file that is there already can be saved as a copy", async () => {
  const refused = { code: "input.exists", message: "there is a map 'pay' already", hint: "as a copy" };
  const asked = serve({ ...SERVED, "POST /api/maps/import": Response.json(refused, { status: 409 }) });
  renderPage(<Component />, { at: "/maps?new=file" });
  await screen.findByRole("button", { name: "Choose files" });
  const input = document.querySelector("input[type=file]") as HTMLInputElement;
  await userEvent.upload(input, new File(["x"], "pay.yaml"));
  await userEvent.click(await screen.findByRole("button", { name: "Save as a copy" }));
  await waitFor(() => expect(asked.map((each) => new URL(each.url).search)).toContain("?existing=copy"));
});

const LIFE = { ...CARD, id: "life", title: "I live with it", level: "life-cycle", below: ["pay"] };
const UK = { ...CARD, scope: { ...CARD.scope, market: "UK" } };

test("by level, the maps stand below those that they show in detail", async () => {
  serve({ ...SERVED, "GET /api/maps/library": { maps: [CARD, LIFE], total: 2, problems: [] } });
  renderPage(<Component />, { at: "/maps?view=tree" });
  const tree = await screen.findByRole("list", { name: "Maps" });
  expect(
    within(tree)
      .getAllByRole("link")
      .map((each) => each.textContent),
  ).toEqual(["I live with it", "I pay"]);
  expect(tree).toHaveTextContent("1 map in detail");
});

test("maps are filtered by whom they are about", async () => {
  serve({ ...SERVED, "GET /api/maps/library": { maps: [UK, LIFE], total: 2, problems: [] } });
  renderPage(<Component />, { at: "/maps?scope=market%3AUK" });
  expect(await screen.findByRole("link", { name: /I pay/ })).toBeInTheDocument();
  expect(screen.queryByRole("link", { name: /I live with it/ })).not.toBeInTheDocument();
});

test("a map is duplicated from its card, under a title in the reader's language", async () => {
  const asked = serve({ ...SERVED, "POST /api/maps/map/pay/copy": { kind: "map", id: "pay-2", version: 1 } });
  renderPage(<Component />, { at: "/maps", language: "de" });
  await userEvent.click(await screen.findByRole("button", { name: "Mehr: I pay" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Duplizieren" }));
  await waitFor(() => expect(asked.some((each) => each.method === "POST")).toBe(true));
  const body: unknown = await asked.find((each) => each.method === "POST")?.json();
  expect(body).toEqual({ title: "I pay (Kopie)" });
});

test("a new map says its level and state where they are chosen", async () => {
  const asked = serve({
    ...SERVED,
    "GET /api/maps/templates": { templates: [] },
    "POST /api/maps/new": { kind: "map", id: "new", version: 1 },
  });
  renderPage(<Component />, { at: "/maps?new=template" });
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.type(await dialog.findByRole("textbox", { name: /Title/ }), "I move");
  await userEvent.click(dialog.getByRole("combobox", { name: "Level" }));
  await userEvent.click(await screen.findByRole("option", { name: "Service transaction" }));
  await userEvent.click(dialog.getByRole("button", { name: "Make the map" }));
  await waitFor(() => expect(asked.some((each) => each.method === "POST")).toBe(true));
  const body: unknown = await asked.find((each) => each.method === "POST")?.json();
  expect(body).toEqual({ title: "I move", template: null, level: "service-transaction", state: null });
});
