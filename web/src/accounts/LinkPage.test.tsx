import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage, serve } from "../test/render";
import { Component } from "./LinkPage";

const PERSON = {
  person: 2,
  name: "Ben",
  email: "ben@example.org",
  role: "editor",
  invited: true,
  added_at: "2026-01-01T00:00:00Z",
};
const FIRST = { purpose: "first", person: null, expires_at: "2026-01-02T00:00:00Z" };
const INVITATION = { purpose: "invitation", person: PERSON, expires_at: "2026-01-08T00:00:00Z" };

test("the first person chooses name, e-mail address and password", async () => {
  const asked = serve({
    "POST /api/accounts/links/look": FIRST,
    "POST /api/accounts/links": new Response(null, { status: 204 }),
  });
  renderPage(<Component />, { at: "/link#secret" });
  await userEvent.type(await screen.findByLabelText("Your name"), "Ada");
  await userEvent.type(screen.getByLabelText("E-mail address"), "ada@example.org");
  await userEvent.type(screen.getByLabelText("New password"), "correct horse battery{Enter}");
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(await asked[1]?.json()).toEqual({
    token: "secret",
    name: "Ada",
    email: "ada@example.org",
    password: "correct horse battery",
  });
});

test("whoever was invited keeps the e-mail address that they were invited with", async () => {
  serve({ "POST /api/accounts/links/look": INVITATION });
  renderPage(<Component />, { at: "/link#secret" });
  expect(await screen.findByLabelText("Your name")).toHaveValue("Ben");
  expect(screen.getByLabelText("E-mail address")).toHaveAttribute("readonly");
});

test("a link that was used leads to the sign-in page", async () => {
  const used = { code: "access.link_unusable", message: "this link was used already", hint: "sign in" };
  serve({ "POST /api/accounts/links/look": Response.json(used, { status: 410 }) });
  renderPage(<Component />, { at: "/link#secret" });
  expect(await screen.findByText(/This link was used already\./)).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "To the sign-in page" })).toHaveAttribute("href", "/sign-in");
});

test("a link without its end says so without asking", () => {
  const asked = serve({});
  renderPage(<Component />, { at: "/link" });
  expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("This link is not whole");
  expect(asked).toHaveLength(0);
});
