import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage, serve } from "../../test/render";
import { noteUnkept } from "../editor/together/unkept";
import { CARD, DOCUMENT, SVG, THREAD } from "../samples";
import { Component } from "./MapPage";

const SERVED = {
  "GET /api/maps/documents/map/pay": DOCUMENT,
  "GET /api/maps/map/pay/drawing": new Response(SVG),
  "GET /api/maps/comments/open": { open: {} },
};
const PAGE = { at: "/maps/pay", path: "/maps/:id" };

test("a map is shown as it was drawn", async () => {
  serve(SERVED);
  renderPage(<Component />, PAGE);
  expect(await screen.findByRole("heading", { name: "I pay" })).toBeInTheDocument();
  expect(await screen.findByText("I look")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "Edit" })).toHaveAttribute("href", "/maps/pay/edit");
});

test("switched on, the measured layer is drawn for the chosen journeys", async () => {
  const asked = serve({ ...SERVED, "GET /api/evidence/maps/pay/drawing": new Response(SVG) });
  renderPage(<Component />, { ...PAGE, at: "/maps/pay?segment=channel+%3D+app" });
  await userEvent.click(await screen.findByRole("switch", { name: "Measured" }));
  await waitFor(() =>
    expect(asked.map((each) => new URL(each.url).pathname)).toContain("/api/evidence/maps/pay/drawing"),
  );
  const last = asked.findLast((each) => each.url.includes("/evidence/maps/pay/drawing"));
  expect(new URL(last?.url ?? "").searchParams.get("segment")).toBe("channel = app");
});

test("where nothing can be measured the reason is told, with a way back", async () => {
  const refused = { code: "input.invalid", message: "no step of the map 'pay' is bound", hint: "bind one" };
  serve({ ...SERVED, "GET /api/evidence/maps/pay/drawing": Response.json(refused, { status: 400 }) });
  renderPage(<Component />, { ...PAGE, at: "/maps/pay?measured=1" });
  expect(await screen.findByText("no step of the map 'pay' is bound")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Show the map without them" }));
  expect(await screen.findByText("I look")).toBeInTheDocument();
});

test("a step of the drawing opens its numbers", async () => {
  serve(SERVED);
  renderPage(<Component />, PAGE);
  await userEvent.click(await screen.findByText("I look"));
  expect(screen.getByRole("region", { name: "Steps" })).toBeInTheDocument();
});

test("a comment on a cell is marked over the drawing, and a click opens it beside", async () => {
  serve({
    ...SERVED,
    "GET /api/maps/map/pay/comments": { threads: [THREAD] },
    "GET /api/maps/people": { people: [] },
  });
  renderPage(<Component />, PAGE);
  await userEvent.click(await screen.findByRole("button", { name: "1 open comment: Customer actions, I look" }));
  const panel = within(screen.getByRole("region", { name: "Comments" }));
  expect(await panel.findByText("Is that so?")).toBeInTheDocument();
  expect(panel.getByRole("combobox", { name: "About" })).toHaveValue("Customer actions, I look");
});

test("with the comments open, a click on a cell of the drawing says what the next one is about", async () => {
  const served = { "GET /api/maps/map/pay/comments": { threads: [] }, "GET /api/maps/people": { people: [] } };
  const asked = serve({ ...SERVED, ...served, "POST /api/maps/map/pay/comments": {} });
  renderPage(<Component />, { ...PAGE, at: "/maps/pay?panel=comments" });
  await userEvent.click(await screen.findByText("I stroll"));
  await userEvent.type(screen.getByRole("textbox", { name: /Write a comment/ }), "Why?");
  await userEvent.click(screen.getByRole("button", { name: "Send" }));
  await waitFor(() => expect(asked.some((each) => each.method === "POST")).toBe(true));
  const body: unknown = await asked.find((each) => each.method === "POST")?.json();
  expect(body).toMatchObject({ place_kind: "cell", place: "does-look", text: "Why?" });
});

test.each([
  ["steps", "true"],
  ["nonsense", "false"],
])("the panel %s of an address takes room only where there is such a panel", async (panel, takes) => {
  serve(SERVED);
  renderPage(<Component />, { ...PAGE, at: `/maps/pay?panel=${panel}` });
  await screen.findByText("I look");
  expect(document.querySelector("[data-panel]")).toHaveAttribute("data-panel", takes);
});

test("a map that is not there says so", async () => {
  const gone = {
    code: "input.unknown_name",
    message: "the map 'pay' was deleted by Nora",
    hint: "version 2 can be restored",
  };
  serve({ ...SERVED, "GET /api/maps/documents/map/pay": Response.json(gone, { status: 404 }) });
  renderPage(<Component />, PAGE);
  expect(await screen.findByRole("alert")).toHaveTextContent("was deleted by Nora");
});

const DETAILED = {
  ...DOCUMENT,
  tree: {
    ...DOCUMENT.tree,
    phases: [{ id: "now", name: "Now", steps: [{ id: "look", name: "I look", map: "shops" }] }],
  },
};
const SHOPS = { ...CARD, id: "shops", title: "I go round the shops" };

test("a step that another map shows in detail opens it", async () => {
  const library = { maps: [CARD, SHOPS], total: 2, problems: [] };
  serve({ ...SERVED, "GET /api/maps/documents/map/pay": DETAILED, "GET /api/maps/library": library });
  renderPage(<Component />, PAGE);
  const link = await screen.findByRole("link", { name: "Open in detail: I go round the shops" });
  expect(link).toHaveAttribute("href", "/maps/shops");
});

test("a step whose map in detail was deleted says so", async () => {
  const library = { maps: [CARD], total: 1, problems: [] };
  serve({ ...SERVED, "GET /api/maps/documents/map/pay": DETAILED, "GET /api/maps/library": library });
  renderPage(<Component />, PAGE);
  expect(await screen.findByRole("img", { name: /shops, is no longer in the library/ })).toBeInTheDocument();
});

test("a map says which maps it belongs to, the highest first", async () => {
  const life = { ...CARD, id: "life", title: "I live with it", below: ["pay"] };
  serve({ ...SERVED, "GET /api/maps/library": { maps: [CARD, life], total: 2, problems: [] } });
  renderPage(<Component />, PAGE);
  const above = within(await screen.findByRole("navigation", { name: "Maps above this one" }));
  expect(await above.findByRole("link", { name: "I live with it" })).toHaveAttribute("href", "/maps/life");
});

test("0 fits the width and goes back to a readable size, remembered for the next map", async () => {
  serve(SERVED);
  const page = renderPage(<Component />, PAGE);
  (await screen.findByRole("region", { name: "Drawing of the map" })).focus();
  await userEvent.keyboard("0");
  page.unmount();
  renderPage(<Component />, PAGE);
  expect(await screen.findByRole("button", { name: "Fit the width" })).toHaveAttribute("aria-pressed", "true");
  (await screen.findByRole("region", { name: "Drawing of the map" })).focus();
  await userEvent.keyboard("0");
  expect(screen.getByRole("button", { name: "Readable size" })).toHaveAttribute("aria-pressed", "true");
});

test("a viewer neither edits nor shares", async () => {
  serve(SERVED);
  renderPage(<Component />, { ...PAGE, me: { rights: ["look"] } });
  await screen.findByText("I look");
  expect(screen.queryByRole("link", { name: "Edit" })).not.toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Share" })).not.toBeInTheDocument();
});

test("changes that only this browser has are told, with the way to send them", async () => {
  noteUnkept("pay", true);
  serve(SERVED);
  renderPage(<Component />, PAGE);
  const link = await screen.findByRole("link", { name: "Open the editor to send them" });
  expect(link).toHaveAttribute("href", "/maps/pay/edit");
  noteUnkept("pay", false);
});
