import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderPage } from "../test/render";
import { KeyText } from "./KeyText";

test.each([
  ["en", "Alt Shift N · Ctrl+Z · Delete"],
  ["de", "Alt Umschalt N · Strg+Z · Entf"],
] as const)("keys are named in %s as they stand on the keyboard: %s", (language, said) => {
  renderPage(<KeyText keys="Alt Shift N · Ctrl+Z · Delete" />, { language });
  expect(screen.getByText(said)).toBeVisible();
});
