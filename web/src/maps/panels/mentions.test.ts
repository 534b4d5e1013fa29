import { expect, test } from "vitest";
import { matching, mentionedIn, typedMention, withMention } from "./mentions";

const PEOPLE = [
  { person: 1, name: "Ada Lovelace" },
  { person: 2, name: "Grace Hopper" },
];

test.each([
  ["@", ""],
  ["look @gr", "gr"],
  ["look @Grace H", "Grace H"],
  ["mail a@b", undefined],
  ["@ada said", "ada said"],
  ["nobody", undefined],
])("in %o somebody is being named: %o", (text, typed) => {
  expect(typedMention(text, text.length)).toBe(typed);
});

test("people are found by the beginning of any of their names", () => {
  expect(matching(PEOPLE, "hop").map((each) => each.person)).toEqual([2]);
  expect(matching(PEOPLE, "")).toHaveLength(2);
});

test("a chosen name takes the place of what was typed, and is found again", () => {
  const { text, cursor } = withMention("see @gr, please", 7, "Grace Hopper");
  expect(text).toBe("see @Grace Hopper , please");
  expect(text.slice(0, cursor)).toBe("see @Grace Hopper ");
  expect(mentionedIn(text, PEOPLE)).toEqual([2]);
});
