import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderPage, serve } from "../test/render";
import { Navigation } from "./Navigation";

test("pages that the person's role may not open are left out", () => {
  renderPage(<Navigation />, { me: { role: "viewer", rights: ["look"] } });
  const names = screen.getAllByRole("link").map((link) => link.textContent);
  expect(names).toContain("Explore");
  expect(names).not.toContain("Customers");
});

test.each(["/maps/checkout", "/personas"])("the page that is open is marked for screen readers (%s)", (at) => {
  renderPage(<Navigation />, { at, language: "de" });
  expect(screen.getByRole("link", { current: "page" })).toHaveTextContent("Journey Maps");
});

test("beside maps stands how many comments name the person", async () => {
  serve({ "GET /api/maps/comments/mine": { comments: [{ comment: 1 }, { comment: 2 }] } });
  renderPage(<Navigation />);
  expect(await screen.findByRole("link", { name: "Maps, 2 comments name you" })).toHaveTextContent("Maps2");
});

test("nothing stands beside maps where no comment names the person", async () => {
  const asked = serve({ "GET /api/maps/comments/mine": { comments: [] } });
  renderPage(<Navigation />);
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(screen.getByRole("link", { name: "Maps" })).toHaveTextContent(/^Maps$/);
});
