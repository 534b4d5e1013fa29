import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage } from "../test/render";
import { AccountMenu } from "./AccountMenu";

test("the language that is chosen is told to screen readers", async () => {
  renderPage(<AccountMenu onShortcuts={() => undefined} />, { language: "de" });
  await userEvent.click(screen.getByRole("button", { name: /Ada/ }));
  expect(await screen.findByRole("menuitemradio", { name: "Deutsch" })).toBeChecked();
  expect(screen.getByRole("menuitemradio", { name: "English" })).not.toBeChecked();
});
