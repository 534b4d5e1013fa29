import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage, serve } from "../test/render";
import { Finder } from "./Finder";

test.each([
  ["its button", () => userEvent.click(screen.getByRole("button", { name: /Go to/ }))],
  ["its key", () => userEvent.keyboard("{Control>}k{/Control}")],
])("the palette is loaded and opened by %s, and lists the pages", async (_way, open) => {
  serve({});
  renderPage(<Finder />);
  await open();
  await userEvent.type(await screen.findByRole("textbox", { name: "Where to?" }), "improve");
  expect(screen.getByRole("dialog", { name: "Go to …" })).toBeVisible();
  expect(screen.getByRole("button", { name: "Improve" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Customers" })).toBeNull();
  await userEvent.keyboard("{Escape}");
});

test.each([
  ["a step of a map", "payment fails", "My payment fails"],
  ["a map", "i order", "I order a line"],
  ["a touchpoint", "failed", "Payment failed"],
  ["a journey", "internet", "I order my internet"],
  ["a question", "retention", "Retention"],
  ["a saved question", "mondays", "What happens on Mondays"],
  ["a persona", "leo", "Leo"],
])("the palette finds %s", async (_what, typed, found) => {
  serve({
    "GET /api/maps/steps": [
      { id: "order", title: "I order a line", steps: [{ id: "fails", name: "My payment fails" }] },
    ],
    "GET /api/maps/documents/persona": { documents: [{ id: "leo", name: "Leo" }] },
    "GET /api/journeys/names": {
      touchpoints: [{ name: "Payment failed", interactions: 3, customers: 2, stage: null }],
      journeys: [{ id: "get-internet", name: "I order my internet" }],
    },
    "GET /api/journeys/saved": [{ saved: 1, name: "What happens on Mondays", question: "flow", parameters: "" }],
  });
  renderPage(<Finder />);
  await userEvent.click(screen.getByRole("button", { name: /Go to/ }));
  await userEvent.type(await screen.findByRole("textbox", { name: "Where to?" }), typed);
  expect(await screen.findByRole("button", { name: new RegExp(`^${found}`) })).toBeVisible();
  await userEvent.keyboard("{Escape}");
});
