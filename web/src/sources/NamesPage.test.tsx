import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage, serve } from "../test/render";
import { Component as NamesPage } from "./NamesPage";

const VIEW = {
  revision: "r1",
  stages: ["Buy"],
  touchpoints: [
    { name: "Checkout", stage: "Buy", channel: null, names: [], interactions: 7 },
    { name: "checkout", stage: null, channel: null, names: [], interactions: 3 },
  ],
  channels: [{ name: "web", names: [], interactions: 10 }],
};
const ANSWERS = {
  "GET /api/interactions/taxonomy": VIEW,
  "GET /api/interactions/taxonomy/proposals": {
    joins: [{ kind: "touchpoint", name: "Checkout", raw: "checkout", interactions: 3, reason: "capitals" }],
  },
  "PUT /api/interactions/taxonomy": { ...VIEW, revision: "r2" },
};

test("names that look alike are joined, and nothing counts before it is saved", async () => {
  const asked = serve(ANSWERS);
  renderPage(<NamesPage />, { at: "/data/names" });
  await userEvent.click(await screen.findByRole("button", { name: "Join: checkout → Checkout" }));
  expect(screen.getByText("1 change is not saved")).toBeVisible();
  expect(asked.some((each) => each.method === "PUT")).toBe(false);
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(asked.some((each) => each.method === "PUT")).toBe(true));
  expect(await asked.find((each) => each.method === "PUT")?.json()).toEqual({
    revision: "r1",
    stages: ["Buy"],
    touchpoints: [{ name: "Checkout", stage: "Buy", channel: null, names: ["checkout"] }],
    channels: [],
  });
});

test("several names are joined under a new one", async () => {
  serve(ANSWERS);
  renderPage(<NamesPage />, { at: "/data/names" });
  await userEvent.click(await screen.findByLabelText("Choose Checkout"));
  await userEvent.click(screen.getByLabelText("Choose checkout"));
  await userEvent.click(screen.getByRole("button", { name: "Join" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.clear(within(dialog).getByLabelText("They are called"));
  await userEvent.type(within(dialog).getByLabelText("They are called"), "At the till{Enter}");
  expect(await screen.findByLabelText("Rename At the till")).toHaveValue("At the till");
});

test("Escape takes back what was typed over a name", async () => {
  serve(ANSWERS);
  renderPage(<NamesPage />, { at: "/data/names" });
  const name = await screen.findByLabelText("Rename Checkout");
  await userEvent.type(name, " x{Escape}");
  expect(name).toHaveValue("Checkout");
  expect(screen.queryByText(/not saved/)).toBeNull();
});

test("who may only look changes nothing", async () => {
  serve(ANSWERS);
  renderPage(<NamesPage />, { at: "/data/names", me: { rights: ["look"] } });
  expect(await screen.findByText("Checkout")).toBeVisible();
  expect(screen.queryByRole("textbox", { name: "Rename Checkout" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Add a stage" })).toBeNull();
});

test("other parts of the data ask before names that are not saved are lost", async () => {
  serve(ANSWERS);
  renderPage(<NamesPage />, { at: "/data/names" });
  await userEvent.click(await screen.findByRole("button", { name: "Join: checkout → Checkout" }));
  await userEvent.click(screen.getByText("Channels"));
  expect(screen.queryByRole("dialog")).toBeNull();
  await userEvent.click(screen.getByRole("tab", { name: "Sources" }));
  expect(await screen.findByRole("dialog", { name: "Leave without saving?" })).toBeVisible();
});
