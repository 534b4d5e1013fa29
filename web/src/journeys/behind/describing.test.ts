import { expect, test } from "vitest";
import { makeFormat } from "../../base/format";
import { en } from "../words.en";
import { describeNumber } from "./describing";

test.each([
  ["every?", "all that were asked about"],
  ["every?low=1&high=2", "of 1 interaction"],
  ["every?measure=interactions&low=51", "of 51 or more interactions"],
  ["every?measure=seconds&low=10&high=60", "of 10 to below 60 seconds"],
  [
    "cohort?that=returned&since=1&cohort=2026-03-02",
    "of customers who came back 1 period after they started: 2 Mar 2026",
  ],
  ["cohort?that=started&cohort=2026-01-05", "of customers who started: 5 Jan 2026"],
  ["cohort?that=started&cohort=soon", "of customers who started: soon"],
  ["paths?step=1&name=Search", "that are at Search after 1 step"],
  ["paths?step=-2&name=Search", "that are at Search after 2 steps"],
  ["contacts?that=repeated&value=phone", "with a contact that another one followed within the window: phone"],
  ["needs?that=all&path=web&path=phone&goes_on=false", "with a need: web → phone"],
  ["again?name=Help&via=Call", "that go from Help to Call and back"],
  ["skipped?reached=Buy&missing=Look", "that reach the stage Buy without Look"],
])("what is behind %s is said", (number, text) => {
  expect(describeNumber(number, en, makeFormat("en", "UTC"))).toBe(text);
});
