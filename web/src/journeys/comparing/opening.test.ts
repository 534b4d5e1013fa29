import { expect, test } from "vitest";
import type { ComparisonAnswer } from "../../base/api/schema.gen";
import type { Explore } from "../explore";
import type { QuestionName } from "../questions";
import { everyOf, openedIn } from "./opening";

const nothing = { period: null, begun: null, where: null, segment: null, not_segment: null, journey: null };
const answer: ComparisonAnswer = {
  differences: [],
  customers: null,
  test: null,
  left_out: 0,
  of_company: 0,
  groups: [
    { ...nothing, segment: "channel = phone" },
    { ...nothing, not_segment: "channel = phone" },
  ],
};

function opened(question: QuestionName, number: string, side: 0 | 1, asked = "") {
  const explore: Explore = { question, params: new URLSearchParams(asked), query: "", set: () => undefined };
  return openedIn(answer, explore)(number, side);
}

/** What is said of the number, without what is left empty. */
function said(address: string | undefined): Readonly<Record<string, string>> {
  const query = new URLSearchParams((address ?? "").split("?")[1]);
  return Object.fromEntries([...query].filter(([, value]) => value !== ""));
}

test("a number opens the journeys of its own group", () => {
  expect(said(opened("flow", "touchpoint?name=Call", 0))).toEqual({
    name: "Call",
    segment: "channel = phone",
    group_of: "1",
  });
  expect(said(opened("flow", "touchpoint?name=Call", 1))).toEqual({
    name: "Call",
    not_segment: "channel = phone",
    group_of: "2",
  });
});

test("what the question was asked with goes with numbers that are found by it, and with no others", () => {
  expect(said(opened("loops", "again?name=Call", 0, "top=5"))).not.toHaveProperty("top");
  expect(said(opened("retention", "cohort?that=returned&since=1", 0, "by=month"))).toMatchObject({ by: "month" });
  expect(said(opened("common", "every?", 0, "by=channel"))).not.toHaveProperty("by");
});

test("a cluster of both groups opens those of its own group, and says the other one", () => {
  const number = "shared_cluster?cluster=Looking";
  expect(said(opened("clusters", number, 0, "clusters=3"))).toEqual({
    cluster: "Looking",
    clusters: "3",
    segment: "channel = phone",
    with_not_segment: "channel = phone",
    second: "false",
    group_of: "1",
  });
  expect(said(opened("clusters", number, 1))).toMatchObject({ with_segment: "channel = phone", second: "true" });
});

test("a number without journeys of its own opens none", () => {
  expect(opened("flow", "", 0)).toBeUndefined();
});

test.each([
  ["retention", "cohort?that=started"],
  ["survival", "event?that=started"],
  ["flow", "every?"],
] as const)("the customers of a group of %s are %s", (question, number) => {
  expect(everyOf(question)).toBe(number);
});
