import { askedOf, numberOf } from "../behind/number";
import type { AnswerOf } from "../questions";
import { count, name, numeric, opening, share, type Told, table, word } from "./model";

export function tellScores(answer: AnswerOf<"scores">, params: URLSearchParams): Told {
  type Group = (typeof answer.groups)[number];
  type Given = (typeof answer.distribution)[number];
  type Answering = (typeof answer.answering)[number];
  const by = answer.by;
  const asked = { ...askedOf("scores", params), ...(by === null ? {} : { by }) };
  const ofRow = (row: Group) => {
    const value = named(row);
    return value === null || value === undefined ? undefined : numberOf("answers", { ...asked, value });
  };
  const named = (row: Group) => (by === null ? null : (row as unknown as Record<string, string | null>)[by]);
  return {
    figures: [
      {
        key: "score",
        kind: "number",
        value: answer.total.score,
        interval: [answer.total.low, answer.total.high],
        n: answer.total.n,
        behind: numberOf("answers", asked),
      },
      ...(answer.response === null
        ? []
        : [
            {
              key: "response" as const,
              kind: "share" as const,
              value: answer.response.share,
              interval: [answer.response.low, answer.response.high] as const,
              n: answer.response.n,
            },
          ]),
    ],
    tables: [
      ...(answer.groups.length === 0
        ? []
        : [
            table<Group>("groups", answer.groups, [
              name("name", (row) => named(row) ?? "–"),
              opening(
                count("n", (row) => row.n),
                ofRow,
              ),
              opening(
                numeric(
                  "score",
                  (row) => row.score,
                  (row) => [row.low, row.high],
                ),
                ofRow,
              ),
              numeric(
                "mean",
                (row) => row.mean,
                (row) => [row.mean_low, row.mean_high],
              ),
            ]),
          ]),
      table<Given>("distribution", answer.distribution, [
        count("score", (row) => row.score),
        opening(
          count("n", (row) => row.n),
          (row) => numberOf("answers", { ...asked, score: row.score }),
        ),
      ]),
      table<Answering>("answering", answer.answering, [
        name("channel", (row) => row.channel),
        count("customers", (row) => row.customers),
        count("answered", (row) => row.answered),
        share(
          "share",
          (row) => row.share,
          (row) => [row.low, row.high],
          (row) => row.customers,
        ),
      ]),
    ],
  };
}

export function tellEmotion(answer: AnswerOf<"emotion">): Told {
  type Step = (typeof answer.steps)[number];
  return {
    figures: [],
    tables: [
      table<Step>("feelings", answer.steps, [
        name("step", (row) => row.step),
        word("line", (row) => row.line),
        numeric(
          "mean",
          (row) => row.mean,
          (row) => [row.low, row.high],
        ),
        count("n", (row) => row.n),
      ]),
    ],
  };
}

export function tellDrivers(answer: AnswerOf<"drivers">): Told {
  type Driver = (typeof answer.drivers)[number];
  type Moment = (typeof answer.moments)[number];
  return {
    figures: [
      {
        key: "outcome",
        kind: "share",
        value: answer.share,
        interval: [answer.share_low, answer.share_high],
        n: answer.spans,
      },
      { key: "journeys", kind: "count", value: answer.spans },
    ],
    tables: [
      table<Driver>("drivers", answer.drivers, [
        word("kind", (row) => row.kind),
        name("feature", (row) => row.feature),
        {
          key: "difference",
          kind: "points",
          value: (row) => row.difference,
          interval: (row) => [row.difference_low, row.difference_high],
        },
        { key: "sure", kind: "sure", value: (row) => row.is_sure },
        share(
          "share_with",
          (row) => row.share_with,
          (row) => [row.share_with_low, row.share_with_high],
          (row) => row.n_with,
        ),
        share(
          "share_without",
          (row) => row.share_without,
          (row) => [row.share_without_low, row.share_without_high],
          (row) => row.n_without,
        ),
        share("reach", (row) => row.reach),
        numeric(
          "odds",
          (row) => row.odds_ratio,
          (row) => [row.low, row.high],
        ),
      ]),
      table<Moment>("moments", answer.moments, [
        name("touchpoint", (row) => row.touchpoint),
        count("n", (row) => row.n),
        share(
          "reach",
          (row) => row.reach,
          (row) => [row.reach_low, row.reach_high],
        ),
        {
          key: "difference",
          kind: "points",
          value: (row) => row.difference,
          interval: (row) => [row.difference_low, row.difference_high],
        },
        {
          key: "points",
          kind: "points",
          value: (row) => row.points,
          interval: (row) => [row.low, row.high],
        },
        { key: "sure", kind: "sure", value: (row) => row.is_sure },
      ]),
    ],
  };
}
