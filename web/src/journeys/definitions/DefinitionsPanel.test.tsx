import { screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import { renderPage, serve } from "../../test/render";
import { DefinitionsPanel } from "./DefinitionsPanel";

const TARIFF = {
  id: "change-tariff",
  name: "I change my tariff",
  start: "touchpoint = 'Tariffs viewed'",
  goal: "touchpoint = 'Tariff changed'",
  end: null,
  time_out: "14d",
  time_out_seconds: 1_209_600,
  where: null,
  notes: ["no interaction has touchpoint 'Tariff changed'"],
  revision: "r1",
};
const ANSWERS = {
  "GET /api/journeys/definitions": [TARIFF],
  "GET /api/journeys/names": {
    customers: 7048,
    touchpoints: [{ name: "Tariffs viewed", interactions: 3822, customers: 2604, stage: null }],
    channels: [],
    journeys: [],
  },
  "GET /api/journeys/fields": [],
  "GET /api/evidence/count": { where: "", interactions: 3822, customers: 2604, total: 234_117, missing: [] },
  "GET /api/journeys/saved": [
    { saved: 1, name: "Tariffs in May", question: "outcomes", parameters: "journey=change-tariff" },
    { saved: 2, name: "All of May", question: "flow", parameters: "period=2026-05" },
  ],
  "GET /api/maps/library": { maps: [{ id: "tariffs", title: "Tariffs" }], total: 1, problems: [] },
  "GET /api/maps/documents/map/tariffs": { text: "title: Tariffs\njourney: change-tariff\n" },
};
const LOOKS = { rights: ["look"] };

function sent(asked: readonly Request[], method: string): Request | undefined {
  return asked.find((each) => each.method === method);
}

test("whoever may only look reads definitions and their notes, and changes nothing", async () => {
  serve(ANSWERS);
  renderPage(<DefinitionsPanel />, { me: LOOKS, at: "/?add=journey" });
  expect(await screen.findByRole("heading", { name: "I change my tariff" })).toBeInTheDocument();
  expect(screen.getByText("no interaction has touchpoint 'Tariff changed'")).toBeInTheDocument();
  expect(screen.getByText("14 d")).toBeInTheDocument();
  expect(screen.queryByRole("button")).toBeNull();
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("every definition leads to how it goes", async () => {
  serve(ANSWERS);
  renderPage(<DefinitionsPanel />);
  const link = await screen.findByRole("link", { name: "See how it goes: I change my tariff" });
  expect(link).toHaveAttribute("href", "/explore/outcomes?journey=change-tariff");
});

test.each([
  [["look", "change_data"], true],
  [["look"], false],
])("a workspace without definitions says what to do (%j)", async (rights, can) => {
  serve({ ...ANSWERS, "GET /api/journeys/definitions": [] });
  renderPage(<DefinitionsPanel />, { me: { rights } });
  expect(await screen.findByRole("heading", { name: "No journeys are defined yet" })).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Define a journey" }) !== null).toBe(can);
});

test("a new journey is sent as it was written, and then leads to how it goes", async () => {
  const asked = serve({
    ...ANSWERS,
    "PUT /api/journeys/definitions/i-order": { ...TARIFF, id: "i-order", name: "I order" },
  });
  renderPage(<DefinitionsPanel />);
  await userEvent.click(await screen.findByRole("button", { name: "Define a journey" }));
  await userEvent.type(await screen.findByLabelText("Name"), "I order");
  expect(screen.getByLabelText("Id")).toHaveValue("i-order");
  await userEvent.type(screen.getByRole("combobox", { name: "Begins with" }), "Tariffs viewed");
  await userEvent.type(screen.getByRole("combobox", { name: "Goal" }), "channel = shop");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  const note = await screen.findByRole("status", { name: "“I order” is saved." });
  expect(within(note).getByRole("link")).toHaveAttribute("href", "/explore/outcomes?journey=i-order");
  expect(await sent(asked, "PUT")?.json()).toEqual({
    name: "I order",
    start: "touchpoint = 'Tariffs viewed'",
    goal: "channel = shop",
    end: null,
    time_out: "30d",
    where: null,
    revision: "",
  });
});

const CHANGED = { code: "settings.changed", message: "somebody has changed these settings", hint: "look" };

async function saveAfter(answers: Record<string, unknown>, stands: readonly unknown[]): Promise<HTMLElement> {
  renderPage(<DefinitionsPanel />, { at: "/?change=change-tariff" });
  await userEvent.clear(await screen.findByLabelText("Given up after"));
  await userEvent.type(screen.getByLabelText("Given up after"), "7d");
  answers["GET /api/journeys/definitions"] = stands;
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  return within(screen.getByRole("dialog")).findByRole("alert");
}

test("who saves a journey second sees what stands now, and may save theirs instead", async () => {
  const path = "PUT /api/journeys/definitions/change-tariff";
  const answers: Record<string, unknown> = { ...ANSWERS, [path]: Response.json(CHANGED, { status: 409 }) };
  const asked = serve(answers);
  const refusal = await saveAfter(answers, [{ ...TARIFF, goal: "channel = shop", revision: "r2" }]);
  expect(await within(refusal).findByText("channel = shop")).toBeInTheDocument();
  expect(screen.getByLabelText("Given up after")).toHaveValue("7d");
  answers[path] = TARIFF;
  await userEvent.click(within(refusal).getByRole("button", { name: "Save mine instead" }));
  await waitFor(() => expect(asked.filter((each) => each.method === "PUT")).toHaveLength(2));
  const sent = await Promise.all(asked.filter((each) => each.method === "PUT").map((each) => each.json()));
  expect(sent.map((each) => each.revision)).toEqual(["r1", "r2"]);
});

test("what is written stays where somebody has removed the journey meanwhile, and may be saved anew", async () => {
  const path = "PUT /api/journeys/definitions/change-tariff";
  const answers: Record<string, unknown> = { ...ANSWERS, [path]: Response.json(CHANGED, { status: 409 }) };
  const asked = serve(answers);
  const refusal = await saveAfter(answers, []);
  expect(await within(refusal).findByText("It was removed.")).toBeInTheDocument();
  expect(screen.getByLabelText("Given up after")).toHaveValue("7d");
  answers[path] = TARIFF;
  await userEvent.click(within(refusal).getByRole("button", { name: "Save mine instead" }));
  await waitFor(() => expect(asked.filter((each) => each.method === "PUT")).toHaveLength(2));
  expect(await asked.filter((each) => each.method === "PUT")[1]?.json()).toMatchObject({ revision: "" });
});

test("what is missing or another's is told at its field, and nothing is sent", async () => {
  const asked = serve(ANSWERS);
  renderPage(<DefinitionsPanel />, { at: "/?add=journey" });
  await userEvent.type(await screen.findByLabelText("Name"), "I change my tariff");
  await userEvent.clear(screen.getByLabelText("Id"));
  await userEvent.type(screen.getByLabelText("Id"), "change-tariff");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(screen.getByText("Another journey has this name.")).toBeInTheDocument();
  expect(screen.getByText("Another journey has this id.")).toBeInTheDocument();
  expect(screen.getAllByText("This is needed.")).toHaveLength(2);
  expect(sent(asked, "PUT")).toBeUndefined();
});

test("what the server refuses is told with its hint, and what was written stays", async () => {
  const refusal = { code: "input.invalid", message: "expected a duration", hint: "such as 14d" };
  serve({ ...ANSWERS, "PUT /api/journeys/definitions/change-tariff": Response.json(refusal, { status: 400 }) });
  renderPage(<DefinitionsPanel />, { at: "/?change=change-tariff" });
  await userEvent.clear(await screen.findByLabelText("Given up after"));
  await userEvent.type(screen.getByLabelText("Given up after"), "soon");
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("such as 14d")).toBeInTheDocument();
  expect(screen.getByLabelText("Given up after")).toHaveValue("soon");
});

test("the form says how many customers have what begins the journey and what is its goal", async () => {
  serve(ANSWERS);
  renderPage(<DefinitionsPanel />, { at: "/?change=change-tariff" });
  expect(await screen.findAllByText("2,604 of 7,048 customers, 3,822 interactions")).toHaveLength(2);
});

test("a condition that cannot be read is told where it is written", async () => {
  const refusal = { code: "input.invalid", message: "expected a field", hint: "channel = web" };
  serve({ ...ANSWERS, "GET /api/evidence/count": Response.json(refusal, { status: 400 }) });
  renderPage(<DefinitionsPanel />, { at: "/?change=change-tariff" });
  expect((await screen.findAllByText("expected a field – channel = web")).length).toBeGreaterThan(0);
});

test("a condition that is being built of rows is applied before anything is saved", async () => {
  serve({
    ...ANSWERS,
    "GET /api/journeys/condition": { text: "", condition: { field: "channel", value: "web" }, fields: [], notes: [] },
  });
  renderPage(<DefinitionsPanel />, { at: "/?change=change-tariff" });
  await userEvent.click(await screen.findByRole("button", { name: "Build the condition of “Goal”" }));
  expect(screen.getByRole("button", { name: "Save" })).toBeDisabled();
  await userEvent.click(await screen.findByRole("button", { name: "Apply" }));
  expect(screen.getByRole("combobox", { name: "Goal" })).toHaveValue("channel = 'web'");
  expect(screen.getByRole("button", { name: "Save" })).toBeEnabled();
});

test("before a definition is removed, the page says what names it", async () => {
  const answers: Record<string, unknown> = {
    ...ANSWERS,
    "DELETE /api/journeys/definitions/change-tariff": new Response(null, { status: 204 }),
  };
  const asked = serve(answers);
  renderPage(<DefinitionsPanel />);
  await userEvent.click(await screen.findByRole("button", { name: "Remove “I change my tariff”" }));
  const dialog = await screen.findByRole("dialog");
  expect(await within(dialog).findByText("Tariffs in May")).toBeInTheDocument();
  expect(within(dialog).queryByText("All of May")).toBeNull();
  expect(within(dialog).getByRole("link", { name: "Tariffs" })).toHaveAttribute("href", "/maps/tariffs");
  expect(sent(asked, "DELETE")).toBeUndefined();
  answers["GET /api/journeys/definitions"] = [];
  await userEvent.click(within(dialog).getByRole("button", { name: "Remove" }));
  await waitFor(() => expect(sent(asked, "DELETE")?.url).toMatch(/[?]revision=r1$/));
  expect(await screen.findByText("“I change my tariff” is defined no longer.")).toBeInTheDocument();
  expect(await screen.findByRole("heading", { name: "No journeys are defined yet" })).toBeInTheDocument();
});
