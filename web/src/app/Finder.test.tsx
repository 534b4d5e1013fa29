import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage } from "../test/render";
import { Finder } from "./Finder";

test.each([
  ["its button", () => userEvent.click(screen.getByRole("button", { name: /Go to/ }))],
  ["its key", () => userEvent.keyboard("{Control>}k{/Control}")],
])("the palette is loaded and opened by %s, and lists the pages", async (_way, open) => {
  renderPage(<Finder />);
  await open();
  await userEvent.type(await screen.findByRole("textbox", { name: "Where to?" }), "improve");
  expect(screen.getByRole("dialog", { name: "Go to …" })).toBeVisible();
  expect(screen.getByRole("button", { name: "Improve" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Customers" })).toBeNull();
  await userEvent.keyboard("{Escape}");
});
