import { screen, waitFor } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { ChangeAnswer } from "../../base/api/schema.gen";
import { renderPage, serve } from "../../test/render";
import { readOutline } from "../readMap";
import { DOCUMENT } from "../samples";
import { de } from "../words.de";
import { en } from "../words.en";
import { CommentsPanel } from "./CommentsPanel";
import { changeText, valueText } from "./changeText";
import { ShareForm } from "./ShareForm";

const CHANGE: ChangeAnswer = {
  action: "renamed",
  what: "step",
  id: "look",
  name: "I look",
  place: "",
  field: "name",
  before: "I look",
  after: "I browse",
  behind: "",
};

test.each([
  [en, CHANGE, "Step “I look” is now “I browse”"],
  [de, CHANGE, "Schritt „I look“ heißt jetzt „I browse“"],
  [en, { ...CHANGE, action: "added", what: "claim", name: "It is dear" }, "Claim “It is dear” was added"],
  [en, { ...CHANGE, action: "moved", after: "phase buy, after pay" }, "Step “I look” was moved: phase buy, after pay"],
  [en, { ...CHANGE, action: "removed", what: "cell", name: "Pains at “Pay”" }, "Pains at “Pay”: removed"],
  [
    de,
    { ...CHANGE, action: "changed", what: "cell", name: "Tun bei „Zahlen“", field: "emotion" },
    "Tun bei „Zahlen“: Emotion",
  ],
  [en, { ...CHANGE, action: "changed", field: "binding.where" }, "Step “I look”: binding.where"],
  [en, { ...CHANGE, action: "changed", what: "map", field: "review_date" }, "Map: review by"],
  [de, { ...CHANGE, action: "changed", what: "map", field: "scope.market" }, "Journey Map: Markt"],
])("a difference is told in words", (words, change, said) => {
  expect(changeText(words, change)).toBe(said);
});

test.each([
  ["level", "service-transaction", "Service transaction"],
  ["state", "future", "As it shall be"],
  ["scope", { market: "UK", employees: true }, "market: UK, employees are the customers: yes"],
  ["tags", ["money", "retail"], "money, retail"],
  ["parent", null, "nothing"],
  ["next", [{ odd: 1 }], '[{"odd":1}]'],
])("the value of %s is told in words", (field, value, said) => {
  expect(valueText(en, value, field)).toBe(said);
});

const COMMENTS = {
  "GET /api/maps/map/pay/comments": { threads: [] },
  "GET /api/maps/people": { people: [{ person: 7, name: "Grace Hopper" }] },
};

test("whoever may only look is told who may write comments", async () => {
  serve(COMMENTS);
  renderPage(<CommentsPanel map="pay" outline={readOutline(DOCUMENT)} />, { me: { rights: ["look"] } });
  expect(await screen.findByText(/^Your role reads comments/)).toBeInTheDocument();
  expect(screen.queryByRole("textbox")).toBeNull();
});

test("whoever is named with @ is sent with the comment", async () => {
  const asked = serve({ ...COMMENTS, "POST /api/maps/map/pay/comments": {} });
  renderPage(<CommentsPanel map="pay" outline={readOutline(DOCUMENT.tree)} />, { at: "/maps/pay?step=look" });
  const area = await screen.findByRole("textbox", { name: /Write a comment/ });
  await userEvent.type(area, "Please look @gra");
  await userEvent.click(await screen.findByRole("option", { name: "Grace Hopper" }));
  await userEvent.click(screen.getByRole("button", { name: "Send" }));
  await waitFor(() => expect(asked.some((each) => each.method === "POST")).toBe(true));
  const body: unknown = await asked.find((each) => each.method === "POST")?.json();
  expect(body).toMatchObject({ mentions: [7], place_kind: "step", place: "look" });
});

test("Enter takes the first whose name fits what was typed, then the next line begins", async () => {
  const people = [
    { person: 3, name: "Ada Lovelace" },
    { person: 7, name: "Grace Hopper" },
  ];
  serve({ ...COMMENTS, "GET /api/maps/people": { people } });
  renderPage(<CommentsPanel map="pay" outline={readOutline(DOCUMENT.tree)} />, { at: "/maps/pay" });
  const area = await screen.findByRole("textbox", { name: /Write a comment/ });
  await userEvent.type(area, "@");
  await screen.findAllByRole("option");
  await userEvent.type(area, "hop");
  await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(1));
  await userEvent.keyboard("{Enter}");
  await waitFor(() => expect(area).toHaveValue("@Grace Hopper "));
  await userEvent.keyboard("please{Enter}now");
  expect(area).toHaveValue("@Grace Hopper please\nnow");
});

test("a link is shown once, whole, to be copied", async () => {
  const asked = serve({ "POST /api/maps/map/pay/shares": { share: {}, address: "/shared/abc" } });
  renderPage(<ShareForm map="pay" onUnsaved={() => undefined} />);
  await userEvent.type(screen.getByLabelText("Password (optional)"), "blue door");
  await userEvent.click(screen.getByLabelText("Show what was measured"));
  await userEvent.click(screen.getByRole("button", { name: "Make a link" }));
  expect(await screen.findByDisplayValue(/\/shared\/abc$/)).toBeInTheDocument();
  const body: unknown = await asked[0]?.json();
  expect(body).toMatchObject({ password: "blue door", measured: true, downloads: false });
});

test("a link that is not made yet says so, until it is made", async () => {
  serve({ "POST /api/maps/map/pay/shares": { share: {}, address: "/shared/abc" } });
  const told: boolean[] = [];
  renderPage(<ShareForm map="pay" onUnsaved={(is) => told.push(is)} />);
  await userEvent.type(screen.getByLabelText("Password (optional)"), "b");
  expect(told.at(-1)).toBe(true);
  await userEvent.click(screen.getByRole("button", { name: "Make a link" }));
  await screen.findByDisplayValue(/\/shared\/abc$/);
  expect(told.at(-1)).toBe(false);
});
