import { expect, test } from "vitest";
import { behindFigure, daysBefore, weekFrom } from "./behindFigure";
import { behindFinding } from "./behindFinding";

const ask = { question: "contacts", parameters: { period: "2026-06-03..2026-06-30" } };

test.each([
  ["abandoned", "value", "contacts%3Fthat%3Dabandoned"],
  ["abandoned", "n", "contacts%3Fthat%3Dall"],
  ["interactions", "value", "touchpoint%3F"],
  ["conversion:order", "value", "outcome%3Foutcome%3Din%2Btime"],
  ["conversion:order", "n", "outcome%3Foutcome%3Dfollowed"],
] as const)("the journeys behind %s, its %s, are opened in Explore", (id, counted, behind) => {
  expect(behindFigure({ id, ask }, counted)).toBe(`/explore/contacts?period=2026-06-03..2026-06-30&behind=${behind}`);
});

test("whether contacts were resolved is seen in the week after the period", () => {
  const opened = new URL(behindFigure({ id: "first_contact_resolution", ask }, "n") ?? "", "http://localhost");
  expect(opened.searchParams.get("behind")).toBe("contacts?that=followed&period=2026-06-03..2026-07-07");
});

test.each([
  [["E-mail sent"], "value", "touchpoint?name=E-mail+sent"],
  [["E-mail sent", "E-mail opened"], "value", "move?source=E-mail+sent&target=E-mail+opened"],
  [["E-mail sent", "E-mail opened"], "n", "touchpoint?name=E-mail+sent"],
] as const)("the e-mails %s, their %s, open the journeys with them", (touchpoints, counted, behind) => {
  const opened = new URL(
    behindFigure({ id: "email_opened", ask, touchpoints: [...touchpoints] }, counted) ?? "",
    "http://localhost",
  );
  expect(opened.searchParams.get("behind")).toBe(behind);
});

test("a figure that nobody knows opens no journeys", () => {
  expect(behindFigure({ id: "moonshine", ask })).toBeUndefined();
});

test("what was before opens as many days before", () => {
  expect(behindFigure({ id: "customers", ask }, "value", daysBefore({ start: "2026-06-03", end: "2026-06-30" }))).toBe(
    "/explore/contacts?period=2026-05-06..2026-06-02&behind=every%3F",
  );
});

test("a week has seven days", () => {
  expect(weekFrom("2026-06-24")).toEqual({ start: "2026-06-24", end: "2026-06-30" });
});

test.each([
  ["containment", "value", "needs?that=contained"],
  ["containment", "n", "needs?that=begun+alone"],
] as const)("of %s the %s opens what the page counts so", (id, counted, behind) => {
  const opened = new URL(behindFigure({ id, ask }, counted) ?? "", "http://localhost");
  expect(opened.searchParams.get("behind")).toBe(behind);
  expect(opened.searchParams.get("period")).toBe("2026-06-03..2026-06-30");
});

const finding = {
  measure: "level",
  subject: "Call",
  segment: "attributes.plan",
  segment_value: "Basic",
  first_day: "2026-06-05",
  last_day: null,
  slope: null,
};

test.each([
  ["n", "change?measure=level&subject=Call&first=2026-06-05&field=attributes.plan&value=Basic"],
  ["after", "change?measure=level&subject=Call&first=2026-06-05&field=attributes.plan&value=Basic&that=counted"],
  [
    "before",
    "change?measure=level&subject=Call&first=2026-06-05&field=attributes.plan&value=Basic&otherwise=true&that=counted",
  ],
] as const)("%s of a finding opens the journeys of its days, or of all others", (number, behind) => {
  const opened = new URL(behindFinding(finding, number) ?? "", "http://localhost");
  expect(opened.searchParams.get("behind")).toBe(behind);
});

test("the ends of a trend are on a line, and open nothing", () => {
  expect(behindFinding({ ...finding, slope: 0.1 }, "before")).toBeUndefined();
});
