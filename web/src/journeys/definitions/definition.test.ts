import fc from "fast-check";
import { expect, test } from "vitest";
import type { DefinitionAnswer } from "../../base/api/schema.gen";
import { among, bodyOf, type Draft, draftOf, identOf, NEW_DRAFT, problemsOf } from "./definition";

const TARIFF: DefinitionAnswer = {
  id: "change-tariff",
  name: "I change my tariff",
  start: "touchpoint = 'Tariffs viewed'",
  goal: "touchpoint = 'Tariff changed'",
  end: null,
  time_out: "14d",
  time_out_seconds: 1_209_600,
  where: null,
  notes: [],
  revision: "r1",
};
const WRITTEN: Draft = { ...NEW_DRAFT, id: "order", name: "I order", start: "channel = web", goal: "channel = shop" };

test.each([
  ["I change my tariff", [], "i-change-my-tariff"],
  ["Ich möchte „größer“ werden", [], "ich-mochte-grosser-werden"],
  ["契約", [], "journey"],
  ["order", ["order", "order-2"], "order-3"],
  ["x".repeat(80), ["x".repeat(63)], `${"x".repeat(61)}-2`],
])("the id of %s beside %j is %s", (name, taken, ident) => {
  expect(identOf(name, taken)).toBe(ident);
});

test("an id made of a name is one that the server takes, and is free", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (name) => {
      const first = identOf(name, []);
      const second = identOf(name, [first]);
      for (const ident of [first, second]) expect(ident).toMatch(/^[a-z0-9][a-z0-9-]{0,62}$/);
      expect(second).not.toBe(first);
    }),
  );
});

test.each<[string, Partial<Draft>, object]>([
  ["what is whole has none", {}, {}],
  ["an id with blanks", { id: "my order" }, { id: "form" }],
  ["an id that another has", { id: "change-tariff" }, { id: "taken" }],
  ["a name that another has", { name: "I change my tariff " }, { name: "taken" }],
  [
    "no name, start and goal",
    { name: " ", start: "", goal: " " },
    { name: "missing", start: "missing", goal: "missing" },
  ],
])("problems of a draft: %s", (_, said, problems) => {
  expect(problemsOf({ ...WRITTEN, ...said }, [TARIFF])).toEqual(problems);
});

test("a definition that is opened and saved stays the same", () => {
  const { name, start, goal, end, time_out, where } = TARIFF;
  expect(bodyOf(draftOf(TARIFF), "r1")).toEqual({ name, start, goal, end, time_out, where, revision: "r1" });
});

test.each([
  ["channel = web", "", "channel = web"],
  ["", "channel = web", ""],
  ["a = 1 or b = 2", "c = 3", "(a = 1 or b = 2) and (c = 3)"],
])("%j among %j is counted as %j", (condition, where, counted) => {
  expect(among(condition, where)).toBe(counted);
});
