import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderPage } from "../test/render";
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
