import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage, serve } from "../../test/render";
import { DOCUMENT, SVG } from "../samples";
import { Component } from "./PresentPage";

const PAGE = { at: "/maps/pay/present", path: "/maps/:id/present" };
const SERVED = {
  "GET /api/maps/documents/map/pay": DOCUMENT,
  "GET /api/maps/map/pay/drawing": new Response(SVG),
  "GET /api/evidence/maps/pay/drawing": new Response(SVG),
};

test("keys go from the whole map through its phases and stop at the last", async () => {
  const asked = serve(SERVED);
  renderPage(<Component />, PAGE);
  expect(await screen.findByRole("region", { name: "Overview" })).toBeInTheDocument();
  await userEvent.keyboard("{ArrowRight}");
  expect(await screen.findByRole("region", { name: "Now" })).toBeInTheDocument();
  await userEvent.keyboard(" {ArrowRight}{ArrowRight}");
  expect(await screen.findByRole("region", { name: "Later" })).toBeInTheDocument();
  expect(screen.getByText("3 of 3")).toBeInTheDocument();
  const phases = asked.map((each) => new URL(each.url).searchParams.get("phase"));
  expect(phases).toContain("later");
});

test("M shows what was measured, D changes light and dark", async () => {
  const asked = serve(SERVED);
  renderPage(<Component />, PAGE);
  await screen.findByRole("region", { name: "Overview" });
  await userEvent.keyboard("md");
  expect(await screen.findByRole("button", { name: "Measured" })).toHaveAttribute("aria-pressed", "true");
  expect(asked.some((each) => each.url.includes("/api/evidence/maps/pay/drawing?theme=dark"))).toBe(true);
});
