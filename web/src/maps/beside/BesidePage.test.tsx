import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderPage, serve } from "../../test/render";
import { CARD, DOCUMENT } from "../samples";
import { Component } from "./BesidePage";

const FUTURE = { ...DOCUMENT, id: "better", tree: { ...DOCUMENT.tree, title: "I pay better", state: "future" } };
const SERVED = {
  "GET /api/maps/documents/map/pay": { ...DOCUMENT, tree: { ...DOCUMENT.tree, future: "better" } },
  "GET /api/maps/documents/map/better": FUTURE,
  "GET /api/maps/library": {
    maps: [
      { ...CARD, future: "better" },
      { ...CARD, id: "better", title: "I pay better", state: "future" },
    ],
    total: 2,
    problems: [],
  },
  "GET /api/maps/map/pay/against/better": { before: 1, after: 1, changes: [] },
};

test.each(["pay", "better"])("a map and its future state stand beside each other, asked for by %s", async (id) => {
  const asked = serve(SERVED);
  renderPage(<Component />, { at: `/maps/${id}/beside`, path: "/maps/:id/beside" });
  expect(await screen.findAllByText("1. I look")).toHaveLength(2);
  expect(asked.map((each) => new URL(each.url).pathname)).toContain("/api/maps/map/pay/against/better");
});

test("a map without a future state offers to draw one", async () => {
  serve({ ...SERVED, "GET /api/maps/documents/map/pay": DOCUMENT });
  renderPage(<Component />, { at: "/maps/pay/beside", path: "/maps/:id/beside" });
  expect(await screen.findByRole("button", { name: "Draw the future state" })).toBeInTheDocument();
});
