import { expect, test } from "vitest";
import { markOf } from "./mark";

test.each([
  ["clusters", "cluster?cluster=Looking", "outcome=Paid&clusters=3", "cluster?cluster=Looking&outcome=Paid&clusters=3"],
  ["loops", "again?name=Call", "top=5", "again?name=Call"],
  ["contacts", "contacts?that=all&by=team&value=", "within=3d&by=team", "contacts?that=all&by=team&value=&within=3d"],
  ["funnel", "funnel?step=2", "steps=A&steps=B&by=team&dropped=true", "funnel?step=2&steps=A&steps=B"],
  ["funnel", "funnel?by=team&step=2&value=Desk", "steps=A&by=team", "funnel?by=team&step=2&value=Desk&steps=A"],
  ["sessions", "every?measure=seconds&low=0", "", "every?measure=seconds&low=0&span=session&gap=30m"],
] as const)("a mark of %s, %s, opens what the question was asked of", (question, number, asked, opened) => {
  expect(markOf(number, { question, params: new URLSearchParams(asked) })).toBe(opened);
});
