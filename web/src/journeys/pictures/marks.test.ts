import { expect, test } from "vitest";
import { behindOf, opensAny } from "./marks";

const datum = { name: "phone", behind: "contacts?that=all" };

test.each([
  ["a bar", { datum, mark: { marktype: "rect" } }, "contacts?that=all"],
  ["a line of many rows", { datum, mark: { marktype: "line" } }, undefined],
  ["the label of an axis", { datum: { value: "phone" }, mark: { marktype: "text" } }, undefined],
  ["what is not found", { datum: { behind: null }, mark: { marktype: "rect" } }, undefined],
  ["no mark", null, undefined],
])("%s opens what it is drawn from", (_, item, number) => {
  expect(behindOf(item)).toBe(number);
});

test("a specification opens journeys where one of its rows does", () => {
  expect(opensAny({ vconcat: [{ data: { values: [{ name: "a" }, datum] } }] })).toBe(true);
  expect(opensAny({ data: { values: [{ name: "a" }] } })).toBe(false);
});
