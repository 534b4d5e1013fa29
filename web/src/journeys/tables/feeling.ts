import { askedOf, numberOf } from "../behind/number";
import type { AnswerOf } from "../questions";
import { count, name, numeric, opening, share, type Told, table, word } from "./model";

export function tellScores(answer: AnswerOf<"scores">, params: URLSearchParams): Told {
  type Group = (typeof answer.groups)[number];
  type Given = (typeof answer.distribution)[number];
  type Answering = (typeof answer.answering)[number];
  const by = answer.by;
  const asked = { ...askedOf("scores", params), ...(by === null ? {} : { by }) };
  const ofRow = (row: Group) => numberOf("answers", { ...asked, value: named(row) ?? "" });
  const asking =
    (answered: boolean) =>
    ({ channel }: Answering) =>
      numberOf("answering", { ...asked, channel, answered });
  const sent = (answered: boolean) => numberOf("sent", { ...asked, answered });
  const named = (row: Group) => (by === null ? null : (row as unknown as Record<string, string | null>)[by]);
  return {
    isEmpty: answer.total.n === 0 && answer.answering.every((each) => each.answered === 0),
    figures: [
      {
        key: "score",
        kind: "number",
        value: answer.total.score,
        interval: [answer.total.low, answer.total.high],
        n: answer.total.n,
        behind: numberOf("answers", asked),
        behindN: numberOf("answers", asked),
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
              behind: sent(true),
              behindN: sent(false),
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
              opening(
                numeric(
                  "mean",
                  (row) => row.mean,
                  (row) => [row.mean_low, row.mean_high],
                ),
                ofRow,
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
        opening(
          count("customers", (row) => row.customers),
          asking(false),
        ),
        opening(
          count("answered", (row) => row.answered),
          asking(true),
        ),
        opening(
          share(
            "share",
            (row) => row.share,
            (row) => [row.low, row.high],
            (row) => row.customers,
          ),
          asking(true),
          asking(false),
        ),
      ]),
    ],
  };
}

export function tellEmotion(answer: AnswerOf<"emotion">, params: URLSearchParams): Told {
  type Step = (typeof answer.steps)[number];
  const asked = { ...askedOf("emotion", params), by: answer.by };
  const felt = ({ step, line }: Step) => numberOf("feeling", { ...asked, step, line });
  return {
    figures: [],
    tables: [
      table<Step>("feelings", answer.steps, [
        name("step", (row) => row.step),
        word("line", (row) => row.line),
        opening(
          numeric(
            "mean",
            (row) => row.mean,
            (row) => [row.low, row.high],
          ),
          felt,
        ),
        opening(
          count("n", (row) => row.n),
          felt,
        ),
      ]),
    ],
  };
}

export function tellDrivers(answer: AnswerOf<"drivers">, params: URLSearchParams): Told {
  type Driver = (typeof answer.drivers)[number];
  type Moment = (typeof answer.moments)[number];
  type Side = "with" | "without" | "either";
  const asked = askedOf("drivers", params);
  const compared = numberOf("driver", asked);
  const having =
    (side: Side, more: Readonly<Record<string, boolean>> = {}) =>
    ({ kind, of }: Driver) =>
      numberOf("driver", { ...asked, feature: kind, of, side, ...more });
  const passing =
    (side: Side = "with") =>
    (row: Moment) =>
      numberOf("driver", { ...asked, feature: "touchpoint", of: row.touchpoint, side });
  return {
    figures: [
      {
        key: "outcome",
        kind: "share",
        value: answer.share,
        interval: [answer.share_low, answer.share_high],
        n: answer.spans,
        behind: numberOf("driver", { ...asked, with_outcome: true }),
        behindN: compared,
      },
      { key: "journeys", kind: "count", value: answer.spans, behind: compared },
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
          behind: having("either"),
        },
        { key: "sure", kind: "sure", value: (row) => row.is_sure },
        opening(
          share(
            "share_with",
            (row) => row.share_with,
            (row) => [row.share_with_low, row.share_with_high],
            (row) => row.n_with,
          ),
          having("with", { with_outcome: true }),
          having("with"),
        ),
        opening(
          share(
            "share_without",
            (row) => row.share_without,
            (row) => [row.share_without_low, row.share_without_high],
            (row) => row.n_without,
          ),
          having("without", { with_outcome: true }),
          having("without"),
        ),
        opening(
          share("reach", (row) => row.reach),
          having("with"),
        ),
        opening(
          numeric(
            "odds",
            (row) => row.odds_ratio,
            (row) => [row.low, row.high],
          ),
          having("either"),
        ),
      ]),
      table<Moment>("moments", answer.moments, [
        name("touchpoint", (row) => row.touchpoint),
        opening(
          count("n", (row) => row.n),
          passing(),
        ),
        opening(
          share(
            "reach",
            (row) => row.reach,
            (row) => [row.reach_low, row.reach_high],
          ),
          passing(),
        ),
        {
          key: "difference",
          kind: "points",
          value: (row) => row.difference,
          interval: (row) => [row.difference_low, row.difference_high],
          behind: passing("either"),
        },
        {
          key: "points",
          kind: "points",
          value: (row) => row.points,
          interval: (row) => [row.low, row.high],
          behind: passing(),
        },
        { key: "sure", kind: "sure", value: (row) => row.is_sure },
      ]),
    ],
  };
}
