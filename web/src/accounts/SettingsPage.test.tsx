import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage, serve } from "../test/render";
import { Component } from "./SettingsPage";

const ME = {
  person: 1,
  name: "Ada",
  role: "admin",
  rights: ["look", "draw", "see_customers", "log_interactions", "change_data", "administer"],
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

const DAY = [{ opens: "09:00", closes: "17:30" }];
const CHANGED = { code: "settings.changed", message: "somebody has changed these settings", hint: "look" };
const SETTINGS = {
  file: "/srv/shop/desireline.toml",
  name: "shop",
  timezone: "Europe/London",
  costs: { currency: "GBP", channels: [{ channel: "phone", per_contact: 2.2, per_minute: 0.55 }], revision: "c1" },
  calendars: {
    company: {
      timezone: "Europe/London",
      week: [DAY, [], [], [], [], DAY, []],
      holidays: [{ day: "2026-12-25", name: "Christmas Day" }],
    },
    revision: "h1",
    named: [
      {
        name: "Vienna",
        channels: ["phone"],
        teams: ["Vienna"],
        hours: { timezone: "Europe/Vienna", week: [DAY, DAY, DAY, DAY, DAY, [], []], holidays: [] },
        revision: "v1",
      },
    ],
  },
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
  expect(screen.getByText("25 Dec 2026 Christmas Day")).toBeInTheDocument();
  expect(screen.getByText("Team Vienna in phone")).toBeInTheDocument();
  expect(screen.getByText("Monday – Friday")).toBeInTheDocument();
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
    revision: "c1",
  });
});

test("opening hours are changed day by day, and wrong times are said at their day", async () => {
  const asked = serve({ "GET /api/settings": SETTINGS, "PUT /api/settings/calendar": SETTINGS.calendars });
  settings("/costs?change=hours");
  const closes = await screen.findByRole("textbox", { name: "Monday closes" });
  await userEvent.click(screen.getByRole("button", { name: "Add hours on Tuesday" }));
  await userEvent.click(screen.getByRole("button", { name: "Remove 25 Dec 2026" }));
  await userEvent.clear(closes);
  await userEvent.type(closes, "8");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("It closes later than it opens.")).toBeInTheDocument();
  expect(closes).toHaveAccessibleDescription("It closes later than it opens.");
  await userEvent.clear(closes);
  await userEvent.type(closes, "24");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(asked.map((each) => each.method)).toContain("PUT"));
  expect(await asked.find((each) => each.method === "PUT")?.json()).toEqual({
    week: [[{ opens: "09:00", closes: "24:00" }], DAY, [], [], [], DAY, []],
    holidays: [],
    timezone: null,
    revision: "h1",
  });
});

test("a calendar for a channel is added, with the hours of one day copied to others", async () => {
  const asked = serve({
    "GET /api/settings": SETTINGS,
    "GET /api/journeys/names": NAMES,
    "GET /api/journeys/values": [],
    "PUT /api/settings/calendars": SETTINGS.calendars,
  });
  settings("/costs");
  await userEvent.click(await screen.findByRole("button", { name: "Add a calendar" }));
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Give it a name.")).toBeInTheDocument();
  expect(screen.getByText("Name at least one channel or team.")).toBeInTheDocument();
  await userEvent.type(screen.getByLabelText("Name of the calendar"), "Hotline");
  await userEvent.type(screen.getByRole("combobox", { name: "Channels" }), "phone{Enter}");
  await userEvent.click(screen.getByRole("button", { name: "Remove the hours of Saturday" }));
  await userEvent.click(screen.getByRole("button", { name: "Copy the hours of Monday" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "To Monday to Friday" }));
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(asked.map((each) => each.method)).toContain("PUT"));
  expect(await asked.find((each) => each.method === "PUT")?.json()).toEqual({
    name: "Hotline",
    channels: ["phone"],
    teams: [],
    was: null,
    hours: { week: [DAY, DAY, DAY, DAY, DAY, [], []], holidays: [], timezone: null, revision: null },
  });
});

test("who saves second sees what stands now, and may save theirs instead", async () => {
  const answers: Record<string, unknown> = {
    "GET /api/settings": SETTINGS,
    "PUT /api/settings/calendar": Response.json(CHANGED, { status: 409 }),
  };
  const asked = serve(answers);
  settings("/costs?change=hours");
  const opens = await screen.findByRole("textbox", { name: "Monday opens" });
  const company = { ...SETTINGS.calendars.company, week: [[], [], [], DAY, [], [], []] };
  answers["GET /api/settings"] = { ...SETTINGS, calendars: { ...SETTINGS.calendars, company, revision: "h2" } };
  await userEvent.clear(opens);
  await userEvent.type(opens, "10");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  const refusal = await screen.findByRole("alert");
  expect(within(refusal).getByText("Somebody else has changed this")).toBeInTheDocument();
  expect(within(refusal).getByText("Thursday")).toBeInTheDocument();
  expect(opens).toHaveValue("10:00");
  answers["PUT /api/settings/calendar"] = SETTINGS.calendars;
  await userEvent.click(within(refusal).getByRole("button", { name: "Save mine instead" }));
  await waitFor(() => expect(asked.filter((each) => each.method === "PUT")).toHaveLength(2));
  const sent = await Promise.all(asked.filter((each) => each.method === "PUT").map((each) => each.json()));
  expect(sent.map((each) => each.revision)).toEqual(["h1", "h2"]);
});

test("who saves costs second may take what stands now", async () => {
  const answers: Record<string, unknown> = {
    "GET /api/settings": SETTINGS,
    "GET /api/journeys/names": NAMES,
    "PUT /api/settings/costs": Response.json(CHANGED, { status: 409 }),
  };
  serve(answers);
  settings("/costs?change=costs");
  await userEvent.click(await screen.findByRole("button", { name: "Add chat" }));
  answers["GET /api/settings"] = { ...SETTINGS, costs: { currency: "USD", channels: [], revision: "c2" } };
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  await userEvent.click(await screen.findByRole("button", { name: "Discard mine, take theirs" }));
  expect(screen.getByLabelText("Currency")).toHaveValue("USD");
  expect(screen.queryByRole("alert")).toBeNull();
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
