import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { renderPage } from "../../test/render";
import { ApiError } from "../api/errors";
import { Failed } from "./Failed";

test("an error shows what came, what helps, and lets the person try again", async () => {
  const retry = vi.fn();
  renderPage(
    <Failed error={new ApiError(400, "input.invalid", "expected a day", "such as 2026-01-31")} onRetry={retry} />,
  );
  expect(screen.getByRole("alert")).toHaveTextContent("expected a daysuch as 2026-01-31");
  await userEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(retry).toHaveBeenCalledOnce();
});

test.each([
  ["en", "Your role does not allow this"],
  ["de", "Ihre Rolle erlaubt das nicht"],
] as const)("a refusal is told in the person's language (%s)", (language, text) => {
  renderPage(<Failed error={new ApiError(403, "access.denied", "no")} />, { language });
  expect(screen.getByRole("alert")).toHaveTextContent(text);
});

test("whoever was signed out elsewhere can sign in again without losing the page", () => {
  renderPage(<Failed error={new ApiError(401, "access.not_signed_in", "expected somebody", "send a key")} />);
  expect(screen.getByRole("alert")).toHaveTextContent("You are signed out");
  expect(screen.getByRole("link", { name: "Sign in" })).toHaveAttribute("target", "_blank");
});

test("an answer about too few customers says so, without alarm", () => {
  const error = new ApiError(403, "access.small_group", "expected at least 5 customers", "widen the period");
  renderPage(<Failed error={error} onRetry={vi.fn()} />);
  expect(screen.getByRole("alert")).toHaveTextContent("Too few customersexpected at least 5 customerswiden the period");
  expect(screen.queryByRole("button", { name: "Try again" })).not.toBeInTheDocument();
});

test("where a failure is the whole page, its title is the heading", () => {
  renderPage(<Failed error={new ApiError(404, "input.unknown", "no map has that name")} isPage />);
  expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("This did not work");
});
