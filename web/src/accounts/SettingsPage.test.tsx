import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage, serve } from "../test/render";
import { Component } from "./SettingsPage";

const ME = {
  person: 1,
  name: "Ada",
  role: "admin",
  rights: ["look", "draw", "see_customers", "change_data", "administer"],
  way: "session",
  session: 7,
  email: "ada@example.org",
  workspace: "demo",
  timezone: "Europe/Berlin",
};
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const SESSION = {
  person: 1,
  started_at: "2026-01-01T00:00:00Z",
  seen_at: "2026-01-01T00:00:00Z",
  ends_at: "2026-01-15T00:00:00Z",
  address: "203.0.113.7",
  agent: FIREFOX,
};
const ADA = {
  person: 1,
  name: "Ada",
  email: "ada@example.org",
  role: "admin",
  invited: false,
  added_at: "2026-01-01T00:00:00Z",
  seen_at: "2026-01-01T00:00:00Z",
};
const BEN = { ...ADA, person: 2, name: "Ben", email: "ben@example.org", role: "viewer", invited: true, seen_at: null };

function settings(part: string, rights = ME.rights): void {
  renderPage(<Component />, { path: "/settings/:part?", at: `/settings${part}`, me: { rights } });
}

test("whoever does not administer sees neither people nor keys", () => {
  serve({ "GET /api/accounts/me": ME });
  settings("", ["look"]);
  expect(screen.getAllByRole("tab").map((each) => each.textContent)).toEqual([
    "Your account",
    "Costs and hours",
    "Journeys",
  ]);
});

test("one's own session is marked, and another one can be ended", async () => {
  const asked = serve({
    "GET /api/accounts/me": ME,
    "GET /api/accounts/sessions": [
      { session: 7, ...SESSION },
      { session: 8, ...SESSION },
    ],
    "DELETE /api/accounts/sessions/8": new Response(null, { status: 204 }),
  });
  settings("");
  const own = (await screen.findByText("this one")).closest("tr");
  expect(own).not.toBeNull();
  expect(within(own as HTMLElement).queryByRole("button")).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Sign out Firefox on Linux" }));
  await waitFor(() => expect(asked.map((each) => each.method)).toContain("DELETE"));
});

test("the demo has no password and no sessions", async () => {
  serve({ "GET /api/accounts/me": { ...ME, way: "demo", session: null, email: null, name: "Demo", person: 0 } });
  settings("");
  expect(await screen.findByText("This is the demo")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Change password" })).toBeNull();
});

test("an invitation gives a link that is shown once", async () => {
  const asked = serve({
    "GET /api/accounts/me": ME,
    "GET /api/accounts/people": [ADA],
    "POST /api/accounts/people": Response.json({ person: BEN, link: "http://localhost/link#secret" }, { status: 201 }),
  });
  settings("/people");
  await userEvent.click(await screen.findByRole("button", { name: "Invite" }));
  await userEvent.type(await screen.findByLabelText("Name"), "Ben");
  await userEvent.type(screen.getByLabelText("E-mail address"), "ben@example.org{Enter}");
  expect(await screen.findByText("http://localhost/link#secret")).toBeInTheDocument();
  const sent = asked.find((each) => each.method === "POST");
  expect(await sent?.json()).toEqual({ name: "Ben", email: "ben@example.org", role: "viewer" });
});

test("somebody is removed only after being asked for", async () => {
  const asked = serve({
    "GET /api/accounts/me": ME,
    "GET /api/accounts/people": [ADA, BEN],
    "DELETE /api/accounts/people/2": new Response(null, { status: 204 }),
  });
  settings("/people");
  await userEvent.click(await screen.findByRole("button", { name: "What can be done with Ben" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Remove" }));
  expect(asked.map((each) => each.method)).not.toContain("DELETE");
  await userEvent.click(await screen.findByRole("button", { name: "Remove" }));
  await waitFor(() => expect(asked.map((each) => each.method)).toContain("DELETE"));
});

test("a workspace without keys says what one is for", async () => {
  serve({ "GET /api/accounts/keys": [] });
  settings("/keys");
  expect(await screen.findByRole("heading", { name: "No keys yet" })).toBeInTheDocument();
});

const SETTINGS = {
  file: "/srv/shop/desireline.toml",
  name: "shop",
  timezone: "Europe/London",
  costs: { currency: "GBP", channels: [{ channel: "phone", per_contact: 2.2, per_minute: 0.55 }] },
  calendar: { timezone: "Europe/London", days: [0, 5], opens: "09:00", closes: "17:30", holidays: ["2026-12-25"] },
  transferred_to: null,
  needs: null,
  effort: { contact: 1, repeat: 1, switch: 1, transfer: 1, waiting_minute: 0.1, identification: 0.5 },
};
const NAMES = {
  touchpoints: [],
  channels: [
    { name: "phone", interactions: 3 },
    { name: "chat", interactions: 2 },
  ],
};

test("costs and hours are read, with the file that has the rest", async () => {
  serve({ "GET /api/settings": SETTINGS });
  settings("/costs", ["look"]);
  expect(await screen.findByText("/srv/shop/desireline.toml")).toBeInTheDocument();
  expect(screen.getByRole("row", { name: "phone £2.20 £0.55" })).toBeInTheDocument();
  expect(screen.getByText("Monday, Saturday")).toBeInTheDocument();
  expect(screen.getByText("25 Dec 2026")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Change costs" })).toBeNull();
});

test("an admin prices a channel of the record that had no cost", async () => {
  const asked = serve({
    "GET /api/settings": SETTINGS,
    "GET /api/journeys/names": NAMES,
    "PUT /api/settings/costs": SETTINGS.costs,
  });
  settings("/costs");
  await userEvent.click(await screen.findByRole("button", { name: "Change costs" }));
  await userEvent.click(await screen.findByRole("button", { name: "Add chat" }));
  const amount = screen.getByRole("textbox", { name: "Per contact, chat" });
  await userEvent.clear(amount);
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("A number from 0.")).toBeInTheDocument();
  await userEvent.type(amount, "1.4");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(asked.map((each) => each.method)).toContain("PUT"));
  expect(await asked.find((each) => each.method === "PUT")?.json()).toEqual({
    currency: "GBP",
    channels: [
      { channel: "phone", per_contact: 2.2, per_minute: 0.55 },
      { channel: "chat", per_contact: 1.4, per_minute: 0 },
    ],
  });
});

test("opening hours are changed day by day, and wrong times are said at their field", async () => {
  const asked = serve({ "GET /api/settings": SETTINGS, "PUT /api/settings/calendar": SETTINGS.calendar });
  settings("/costs?change=hours");
  const closes = await screen.findByRole("textbox", { name: "Closes" });
  await userEvent.click(screen.getByRole("checkbox", { name: "Tuesday" }));
  await userEvent.click(screen.getByRole("button", { name: "Remove 25 Dec 2026" }));
  await userEvent.clear(closes);
  await userEvent.type(closes, "08:00");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Later than it opens.")).toBeInTheDocument();
  await userEvent.clear(closes);
  await userEvent.type(closes, "24:00");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(asked.map((each) => each.method)).toContain("PUT"));
  expect(await asked.find((each) => each.method === "PUT")?.json()).toEqual({
    days: [0, 1, 5],
    opens: "09:00",
    closes: "24:00",
    holidays: [],
    timezone: null,
  });
});

test("opening hours are removed only after being asked for", async () => {
  const asked = serve({
    "GET /api/settings": SETTINGS,
    "DELETE /api/settings/calendar": new Response(null, { status: 204 }),
  });
  settings("/costs?change=hours");
  await userEvent.click(await screen.findByRole("button", { name: "Set no opening hours" }));
  expect(asked.map((each) => each.method)).not.toContain("DELETE");
  await userEvent.click(await screen.findByRole("button", { name: "Remove" }));
  await waitFor(() => expect(asked.map((each) => each.method)).toContain("DELETE"));
});

test("an address of a part that the person may not see leads to their account", async () => {
  serve({ "GET /api/accounts/me": { ...ME, rights: ["look"], role: "viewer" } });
  settings("/people", ["look"]);
  expect(await screen.findByText("What you may do")).toBeInTheDocument();
});

test("where nothing happened to access, that is said", async () => {
  serve({ "GET /api/accounts/events": [] });
  settings("/access");
  expect(await screen.findByRole("heading", { name: "Nothing has happened yet" })).toBeVisible();
  expect(screen.queryByRole("table")).not.toBeInTheDocument();
});
