import { expect, test } from "vitest";
import { behindFigure } from "./behindFigure";

const ask = { question: "contacts", parameters: { period: "2026-06-03..2026-06-30" } };

test.each([
  ["abandoned", "contacts%3Fthat%3Dabandoned"],
  ["conversion:order", "outcome%3Foutcome%3Dreached"],
])("the journeys behind %s are opened in Explore", (id, behind) => {
  expect(behindFigure({ id, ask })).toBe(`/explore/contacts?period=2026-06-03..2026-06-30&behind=${behind}`);
});

test("a figure of interactions opens no journeys", () => {
  expect(behindFigure({ id: "interactions", ask })).toBeUndefined();
});
