import { Notifications } from "@mantine/notifications";
import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useNavigate } from "react-router";
import { expect, test } from "vitest";
import { renderPage, serve } from "../test/render";
import { Component as CustomersPage } from "./CustomersPage";

const identifier = (number: string, type: string, value: string) => ({ number, type, value });
const CUSTOMER = identifier("11", "customer", "C-1");
const EMAIL = identifier("12", "email", "ann@example.org");
const LINK = {
  first: CUSTOMER,
  second: EMAIL,
  sources: ["crm"],
  observations: 2,
  first_at: "2026-01-01T10:00:00Z",
  last_at: "2026-01-03T10:00:00Z",
};
const ENTRY = {
  source: "calls",
  raw_touchpoint: "Call",
  stage: null,
  direction: "inbound",
  actor: "customer",
  team: "Billing",
  agent: null,
  case: null,
  duration: 300,
  wait: 60,
  hold: null,
  cost: null,
  value: null,
  outcome: "solved",
  score: null,
  score_kind: null,
  sentiment: -1.5,
  text: "It was wrong twice",
  attributes: { queue: "one" },
  seen_under: "customer:C-1",
};
const ANSWERS = {
  "POST /api/identity/search": {
    taken_for: "email",
    exact: false,
    customers: [{ customer: "11", matches: [EMAIL], identifiers: 2 }],
    more: false,
  },
  "GET /api/identity/customers/11": {
    customer: "11",
    identifiers: [
      { identifier: CUSTOMER, chain: [] },
      { identifier: EMAIL, chain: [LINK] },
    ],
    refused: [],
    cuts: [],
  },
  "GET /api/journeys/customers/11/facts": {
    as_of: "2026-04-01T09:00:00Z",
    interactions: 2,
    first_at: "2026-03-02T09:00:00Z",
    last_at: "2026-03-12T23:30:00Z",
    looked_at: 2,
    stage: null,
    last_contact: null,
    contacts: 1,
    contacts_lately: 1,
    repeats_lately: 0,
    lately_days: 30,
    repeat_days: 7,
    score: { value: 3, kind: "CSAT", at: "2026-03-12T09:00:00Z" },
    sentiment: null,
    value: { amount: 40, currency: "EUR", interactions: 1 },
  },
  "GET /api/journeys/customers/11/standing": [
    {
      journey: "order",
      name: "I order",
      state: "under way",
      since: "2026-03-12T09:00:00Z",
      last_at: "2026-03-12T09:00:00Z",
      last_touchpoint: "Basket",
      interactions: 1,
      journeys: 2,
      expected: { touchpoint: "Paid", share: 0.9, interactions: 120, median_seconds: 600, late_after_seconds: 7200 },
      waiting_seconds: 864000,
      overdue: true,
      times_out_at: "2026-04-11T09:00:00Z",
    },
  ],
  "GET /api/journeys/customers/11/timeline": {
    entries: [
      { ...ENTRY, arrival: 2, touchpoint: "Call", channel: "phone", occurred_at: "2026-03-12T23:30:00Z" },
      {
        ...ENTRY,
        arrival: 1,
        touchpoint: "Basket",
        channel: "web",
        occurred_at: "2026-03-12T09:00:00Z",
        text: null,
        value: 24,
      },
    ],
    total: 2,
    channels: [
      { channel: "phone", interactions: 1 },
      { channel: "web", interactions: 1 },
    ],
    next_before: null,
    currency: "EUR",
  },
};

function open(at = "/customers", me = {}) {
  const asked = serve(ANSWERS);
  renderPage(<CustomersPage />, { at, path: "/customers/:customer?", me });
  return asked;
}

test("the search has the focus, and asks only from three characters on", async () => {
  const asked = open();
  const field = screen.getByLabelText("Search a customer");
  expect(field).toHaveFocus();
  await userEvent.type(field, "an");
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(asked).toHaveLength(0);
  await userEvent.type(field, "n");
  expect(await screen.findByText("ann@example.org")).toBeVisible();
  expect(await asked[0]?.json()).toEqual({ text: "ann" });
});

test("a customer is found and opened with the keyboard alone, and no identifier gets into the address", async () => {
  const asked = open();
  await userEvent.keyboard("ann");
  await screen.findByText("ann@example.org");
  await userEvent.keyboard("{ArrowDown}");
  expect(screen.getByRole("link", { name: /ann@example.org/ })).toHaveFocus();
  await userEvent.keyboard("{Enter}");
  expect(await screen.findByRole("heading", { name: "C-1" })).toBeVisible();
  expect(asked.map((each) => each.url).join(" ")).not.toContain("ann");
});

test("going back from a customer finds the search as it was left, also one of two characters that was entered", async () => {
  function Back() {
    const navigate = useNavigate();
    return (
      <button type="button" onClick={() => void navigate(-1)}>
        back
      </button>
    );
  }
  const asked = serve(ANSWERS);
  renderPage(
    <>
      <CustomersPage />
      <Back />
    </>,
    { at: "/customers", path: "/customers/:customer?", me: { name: "Ben" } },
  );
  await userEvent.keyboard("an{Enter}");
  await screen.findByText("ann@example.org");
  await userEvent.keyboard("{ArrowDown}{Enter}");
  await screen.findByRole("heading", { name: "C-1" });
  await userEvent.click(screen.getByRole("button", { name: "back" }));
  await waitFor(() => expect(screen.getByLabelText("Search a customer")).toHaveValue("an"));
  expect(await screen.findByRole("link", { name: /ann@example.org/ })).toBeVisible();
  await userEvent.keyboard("{ArrowDown}");
  expect(screen.getByRole("link", { name: /ann@example.org/ })).toHaveFocus();
  expect(asked.map((each) => each.url).join(" ")).not.toContain("ann");
});

test("a slash puts the focus into the search from anywhere on the page", async () => {
  open("/customers/11");
  await screen.findByRole("heading", { name: "C-1" });
  await userEvent.keyboard("/");
  expect(screen.getByLabelText("Search a customer")).toHaveFocus();
});

test("the pane shows facts with n, the standing with what is late, and the timeline by day of the workspace", async () => {
  open("/customers/11");
  expect(await screen.findByText("CSAT 3")).toBeVisible();
  expect(screen.getByText("n = 1 interactions")).toBeVisible();
  expect(await screen.findByText("Late")).toBeVisible();
  expect(screen.getByText(/Usually next: Paid \(90.0 %, n = 120\)/)).toBeVisible();
  const days = await screen.findAllByRole("heading", { level: 4 });
  expect(days.map((day) => day.textContent)).toEqual(["13 Mar 2026", "12 Mar 2026"]);
  expect(screen.getByText(/value €24\.00/)).toBeVisible();
  expect(screen.getByText("It was wrong twice")).toBeVisible();
  expect(screen.getAllByText("bad")[0]).toBeVisible();
});

const CALL_AFTER_THE_END = {
  started_at: "2026-04-20T09:00:00Z",
  touchpoint: "Call",
  channel: "phone",
  team: null,
  agent: null,
  outcome: null,
  case: null,
  interactions: 1,
};

test.each([
  ["nothing was logged after the record", null, false],
  ["a talk was logged after the record", CALL_AFTER_THE_END, true],
])("the facts say from when contacts are counted: %s", async (_, last_contact, isLater) => {
  const facts = { ...ANSWERS["GET /api/journeys/customers/11/facts"], last_contact };
  serve({ ...ANSWERS, "GET /api/journeys/customers/11/facts": facts });
  renderPage(<CustomersPage />, { at: "/customers/11", path: "/customers/:customer?" });
  expect(await screen.findByText("Contacts since 2 Mar 2026")).toBeVisible();
  const note = screen.getByText(/^The record ends on 1 Apr 2026.*; contacts count from 30 days before that\./);
  expect(note.textContent.includes("What was logged by hand since then counts too.")).toBe(isLater);
});

test("a journey of the customer leads to how it ends for all", async () => {
  open("/customers/11");
  const journey = await screen.findByRole("link", { name: "I order: how this journey ends for all customers" });
  expect(journey).toHaveAttribute("href", "/explore/outcomes?journey=order");
});

test("chosen channels are asked for", async () => {
  const asked = open("/customers/11");
  await userEvent.click(await screen.findByRole("checkbox", { name: "phone 1" }));
  await waitFor(() => expect(asked.some((each) => each.url.includes("channel=phone"))).toBe(true));
});

test("a join is cut after a question that says what it does", async () => {
  const asked = open("/customers/11");
  await userEvent.click(await screen.findByRole("button", { name: "Why ann@example.org belongs here" }));
  await userEvent.click(screen.getByRole("button", { name: "Cut here" }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByText(/you can take the cut back/)).toBeVisible();
  await userEvent.click(within(dialog).getByRole("button", { name: "Keep them apart" }));
  await waitFor(() => expect(asked.some((each) => each.url.endsWith("/api/identity/cuts"))).toBe(true));
  const cut = asked.find((each) => each.url.endsWith("/api/identity/cuts"));
  expect(await cut?.json()).toEqual({ first: "11", second: "12" });
});

test("what somebody was told is logged by hand and taken back", async () => {
  const asked = serve({
    ...ANSWERS,
    "GET /api/interactions/taxonomy": {
      revision: "1",
      stages: [],
      touchpoints: [{ name: "Asked for advice", stage: null, channel: "store", interactions: 3, names: [] }],
      channels: [{ name: "store", interactions: 3, names: [] }],
    },
    "POST /api/identity/customers/11/interactions": { number: 7 },
    "DELETE /api/identity/interactions/7": null,
  });
  renderPage(
    <>
      <Notifications />
      <CustomersPage />
    </>,
    { at: "/customers/11", path: "/customers/:customer?" },
  );
  await userEvent.click(await screen.findByRole("button", { name: "Log by hand" }));
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.type(dialog.getByLabelText("What happened", { selector: "input" }), "Asked for advice");
  expect(dialog.getByLabelText("Channel", { selector: "input" })).toHaveValue("store");
  await userEvent.type(dialog.getByLabelText("Note (optional)"), "Wants a loan");
  await userEvent.click(dialog.getByRole("button", { name: "Log it" }));
  await waitFor(() => expect(asked.some((each) => each.url.endsWith("/11/interactions"))).toBe(true));
  expect(await asked.find((each) => each.url.endsWith("/11/interactions"))?.json()).toEqual({
    touchpoint: "Asked for advice",
    channel: "store",
    text: "Wants a loan",
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/),
  });
  await userEvent.click(await screen.findByRole("button", { name: "Take back" }));
  await waitFor(() => expect(asked.some((each) => each.method === "DELETE")).toBe(true));
});

test("a long silence is marked in the timeline", async () => {
  const [newer, older] = ANSWERS["GET /api/journeys/customers/11/timeline"].entries;
  const entries = [newer, { ...older, occurred_at: "2026-02-06T09:00:00Z" }];
  const timeline = { ...ANSWERS["GET /api/journeys/customers/11/timeline"], entries };
  serve({ ...ANSWERS, "GET /api/journeys/customers/11/timeline": timeline });
  renderPage(<CustomersPage />, { at: "/customers/11", path: "/customers/:customer?" });
  expect(await screen.findByText("Nothing seen for 34 days")).toBeVisible();
});

test.each([
  [["look", "see_customers"], 0],
  [["look", "see_customers", "log_interactions"], 1],
])("who may not change data is offered no cut; with %o %i button to log by hand", async (rights, buttons) => {
  open("/customers/11", { rights });
  await userEvent.click(await screen.findByRole("button", { name: "Why ann@example.org belongs here" }));
  expect(screen.queryByRole("button", { name: "Cut here" })).toBeNull();
  expect(screen.queryAllByRole("button", { name: "Log by hand" })).toHaveLength(buttons);
});

test.each([
  ["Ben", ["look", "see_customers", "log_interactions"], 1],
  ["Ada", ["look", "see_customers", "log_interactions"], 0],
  ["Ada", ["look", "see_customers", "log_interactions", "change_data"], 1],
])("what Ben logged by hand %s with the rights %o is offered %i times to take back", async (name, rights, times) => {
  const timeline = ANSWERS["GET /api/journeys/customers/11/timeline"];
  const [call] = timeline.entries;
  const logged = { ...timeline, entries: [{ ...call, source: "hand", agent: "Ben" }], total: 1 };
  serve({ ...ANSWERS, "GET /api/journeys/customers/11/timeline": logged });
  renderPage(<CustomersPage />, { at: "/customers/11", path: "/customers/:customer?", me: { name, rights } });
  await userEvent.click(await screen.findByRole("button", { name: "Details" }));
  expect(screen.queryAllByRole("button", { name: "Take back" })).toHaveLength(times);
});

test("what the server says of a search is shown with its hint", async () => {
  serve({
    "POST /api/identity/search": Response.json(
      { code: "input.invalid", message: "'guest' stands for nobody", hint: "search another one" },
      { status: 400 },
    ),
  });
  renderPage(<CustomersPage />, { at: "/customers", path: "/customers/:customer?" });
  await userEvent.keyboard("guest{Enter}");
  expect(await screen.findByRole("alert")).toHaveTextContent("'guest' stands for nobodysearch another one");
});

test("whoever may not see customers is told so, and where to look instead", async () => {
  const asked = open("/customers/11", { role: "viewer", rights: ["look"] });
  expect(await screen.findByText("Customers are for agents, analysts and admins")).toBeVisible();
  expect(screen.getByRole("link", { name: "Explore" })).toHaveAttribute("href", "/explore");
  expect(screen.queryByLabelText("Search a customer")).toBeNull();
  expect(asked).toHaveLength(0);
});
