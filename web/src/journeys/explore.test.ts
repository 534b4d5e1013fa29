import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressOf, type FileEnding, fileOf } from "./addresses";
import { behindQuery } from "./behind/describing";
import { numberOf } from "./behind/number";
import { changed, comparisonOf, lacking, queryOf } from "./explore";
import { OPTIONS, QUESTIONS, type QuestionName } from "./questions";

const params = (text: string) => new URLSearchParams(text);

describe("what the server is asked with", () => {
  test.each([
    [
      "what the question takes",
      "flow",
      "by=channel&period=2026-01-01..2026-03-31",
      "by=channel&period=2026-01-01..2026-03-31",
    ],
    ["in one order", "flow", "period=x&by=channel", "by=channel&period=x"],
    ["without what belongs to the page", "flow", "detail=3&behind=move&compare=on&by=channel", "by=channel"],
    ["without what is empty", "flow", "segment=&by=channel", "by=channel"],
    ["with as many rows as are usual", "variants", "", "top=50"],
    ["with as many rows as are said", "variants", "top=5", "top=5"],
    ["several steps in their order", "funnel", "steps=b&steps=a", "steps=b&steps=a"],
    ["without a cut that it does not have", "contacts", "span=session&gap=3d", ""],
    ["with a channel as a filter", "flow", "channels=phone", "where=channel+%3D+%27phone%27"],
    [
      "with channels beside the filter",
      "flow",
      "channels=web&channels=Ann's&where=team+%3D+a+or+team+%3D+b",
      "where=%28team+%3D+a+or+team+%3D+b%29+and+channel+in+%28%27web%27%2C+%27Ann%27%27s%27%29",
    ],
    ["with channels as its option where it has one", "contacts", "channels=phone", "channels=phone"],
    ["without channels where they say nothing", "gaps", "channels=phone&top=9", "top=9"],
  ] as const)("is %s", (_, question, said, asked) => {
    expect(queryOf(question, params(said))).toBe(asked);
  });

  test("is the same whatever the order of the address", () => {
    const pairs = fc.uniqueArray(
      fc.tuple(fc.constantFrom("period", "segment", "where", "by"), fc.string({ minLength: 1 })),
      {
        selector: ([name]) => name,
      },
    );
    fc.assert(
      fc.property(pairs, (said) => {
        const there = queryOf("flow", new URLSearchParams(said));
        expect(queryOf("flow", new URLSearchParams([...said].reverse()))).toBe(there);
      }),
    );
  });
});

test("what is changed is read back, and the rest stays", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 })), (values) => {
      const next = changed(params("period=x&steps=old"), { steps: values });
      expect(next.getAll("steps")).toEqual(values);
      expect(next.get("period")).toBe("x");
    }),
  );
});

describe("a comparison", () => {
  test.each([
    ["is none without a second group", "flow", "segment=a", undefined],
    ["takes what differs", "flow", "by=channel&segment=a&with_rest=true", "segment=a&with_rest=true"],
    ["takes the options of its question", "funnel", "steps=a&steps=b&with_period=y", "steps=a&steps=b&with_period=y"],
    ["leaves out options of a question it stands in for", "variants", "top=9&with_period=y", "with_period=y"],
    [
      "keeps the channels beside another filter",
      "flow",
      "channels=web&with_where=team+%3D+a",
      "where=channel+%3D+%27web%27&with_where=%28team+%3D+a%29+and+channel+%3D+%27web%27",
    ],
    [
      "sets channels against others",
      "flow",
      "channels=web&with_channels=phone",
      "where=channel+%3D+%27web%27&with_where=channel+%3D+%27phone%27",
    ],
    ["is none by channels where they are no filter", "contacts", "with_channels=phone", undefined],
    ["is none where answers cannot be compared", "insights", "with_period=y", undefined],
  ] as const)("%s", (_, question, said, asked) => {
    expect(comparisonOf(question, params(said))).toBe(asked);
  });
});

describe("what a question still needs", () => {
  test.each([
    ["flow", "", []],
    ["funnel", "steps=a", ["steps"]],
    ["funnel", "steps=a&steps=b", []],
    ["paths", "", ["touchpoint"]],
    ["drivers", "score_below=7", []],
    ["drivers", "", ["outcomes"]],
    ["survival", "churn=30d", []],
    ["outcomes", "", ["journey"]],
  ] as const)("of %s with %s", (question, said, needed) => {
    expect(lacking(question, params(said))).toEqual(needed);
  });
});

describe("the address of another question", () => {
  test("keeps whose journeys and when, and leaves options behind", () => {
    expect(addressOf("channels", params("period=x&segment=y&steps=a&behind=z"))).toBe(
      "/explore/channels?period=x&segment=y",
    );
  });
  test("cuts into sessions where whole paths are asked for", () => {
    expect(addressOf("variants", params(""))).toBe("/explore/variants?span=session&gap=3d");
    expect(addressOf("variants", params("journey=order"))).toBe("/explore/variants?journey=order");
  });
});

const file = (question: QuestionName, address: string, ending: FileEnding): string => {
  const said = params(address);
  return fileOf({ question, params: said, query: queryOf(question, said) }, ending);
};

test.each([
  ["flow", "by=channel", "csv", "questions/flow.csv?by=channel"],
  ["flow", "", "png", "questions/flow.png"],
  ["flow", "detail=1", "svg", "questions/flow.svg?detail=1"],
  ["flow", "detail=1", "csv", "questions/flow.csv"],
  ["flow", "detail=much", "pdf", "questions/flow.pdf"],
  ["gaps", "", "csv", "questions/gaps.csv"],
  ["gaps", "top=5&quiet=2h", "csv", "questions/gaps.csv?quiet=2h"],
  ["handovers", "", "csv", "questions/handovers.csv"],
  ["loops", "", "svg", "questions/loops.svg?top=50"],
  [
    "flow",
    "by=channel&with_period=2026-01-01..2026-01-31",
    "csv",
    "comparisons/channels.csv?with_period=2026-01-01..2026-01-31",
  ],
  ["flow", "with_period=2026-01-01..2026-01-31", "svg", "comparisons/flow.svg?with_period=2026-01-01..2026-01-31"],
] as const)("what %s shows with “%s” is downloaded as .%s from %s", (question, address, ending, from) => {
  expect(file(question, address, ending)).toBe(`/api/journeys/${from}`);
});

test("journeys behind a number are those of the selection of the page", () => {
  const number = numberOf("move", { source: "A & B", target: "C" });
  expect(behindQuery(number, params("period=x&by=channel"), "flow")).toBe("move?period=x&source=A+%26+B&target=C");
});

test("no option has the name of another one of its question", () => {
  for (const question of QUESTIONS) {
    const names = OPTIONS[question].map((each) => each.name);
    expect(new Set(names).size).toBe(names.length);
  }
});
