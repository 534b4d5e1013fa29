import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage, serve } from "../test/render";
import { Component } from "./SignInPage";

const REFUSED = { code: "access.not_signed_in", message: "e-mail address and password do not belong together" };
const LIMITED = { code: "access.attempts", message: "too many tries to sign in", hint: "wait 15 min" };

async function enter(): Promise<void> {
  await userEvent.type(screen.getByLabelText("E-mail address"), "ada@example.org");
  await userEvent.type(screen.getByLabelText("Password"), "correct horse battery{Enter}");
}

test("e-mail address and password are sent as they were typed", async () => {
  const asked = serve({ "POST /api/accounts/sign-in": new Response(null, { status: 204 }) });
  renderPage(<Component />, { at: "/sign-in?next=/maps" });
  await enter();
  const sent = () => asked.find((each) => each.method === "POST");
  await waitFor(() => expect(sent()).toBeDefined());
  expect(await sent()?.json()).toEqual({ email: "ada@example.org", password: "correct horse battery" });
});

test("whoever is signed in already, as in the demo, has no password to enter", async () => {
  serve({
    "GET /api/accounts/me": { name: "Demo", role: "admin", rights: ["look"], workspace: "demo", timezone: "UTC" },
  });
  renderPage(<Component />, { at: "/sign-in?next=/maps", path: "/sign-in" });
  await waitFor(() => expect(screen.queryByLabelText("Password")).toBeNull());
});

test.each([
  [REFUSED, 401, "E-mail address and password do not belong together"],
  [LIMITED, 429, "Too many trieswait 15 min"],
])("a refusal is told and the fields stay (%#)", async (body, status, text) => {
  serve({ "POST /api/accounts/sign-in": Response.json(body, { status }) });
  renderPage(<Component />);
  await enter();
  expect(await screen.findByRole("alert")).toHaveTextContent(text);
  expect(screen.getByLabelText("E-mail address")).toHaveValue("ada@example.org");
});
