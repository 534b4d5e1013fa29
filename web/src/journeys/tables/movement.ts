import { askedOf, EVERY, numberOf } from "../behind/number";
import type { AnswerOf } from "../questions";
import { count, duration, name, opening, path, share, type Table, type Told, table } from "./model";

const by = (params: URLSearchParams) => (params.get("by") === "channel" ? "channel" : "touchpoint");

export function tellFlow(answer: AnswerOf<"flow">, params: URLSearchParams): Told {
  const level = by(params);
  type Edge = (typeof answer.edges)[number];
  type Node = (typeof answer.nodes)[number];
  const move = (each: Edge) => numberOf("move", { source: each.from, target: each.to, by: level });
  const at = (each: Node) => numberOf("touchpoint", { name: each.name, by: level });
  return {
    figures: [],
    tables: [
      table<Edge>("moves", answer.edges, [
        name("from", (row) => row.from),
        name("to", (row) => row.to),
        opening(
          count("count", (row) => row.count),
          move,
        ),
        opening(
          count("customers", (row) => row.customers),
          move,
        ),
        opening(
          duration("median", (row) => row.median_seconds),
          move,
        ),
      ]),
      table<Node>("touchpoints", answer.nodes, [
        name(level, (row) => row.name),
        opening(
          count("interactions", (row) => row.interactions),
          at,
        ),
        opening(
          count("customers", (row) => row.customers),
          at,
        ),
      ]),
    ],
  };
}

export function tellPaths(answer: AnswerOf<"paths">, params: URLSearchParams): Told {
  type Node = (typeof answer.nodes)[number];
  const asked = askedOf("paths", params);
  const all = numberOf("paths", { ...asked, step: 0, name: params.get("touchpoint") ?? "" });
  const where = (row: Node) => (row.others > 0 ? { others: true } : { name: row.touchpoint });
  const at = (row: Node) => numberOf("paths", { ...asked, step: row.step, ...where(row) });
  return {
    figures: [
      { key: "paths", kind: "count", value: answer.paths, behind: all },
      { key: "customers", kind: "count", value: answer.customers, behind: all },
    ],
    tables: [
      table<Node>("steps", answer.nodes, [
        count("step", (row) => row.step),
        name("touchpoint", (row) => row.touchpoint),
        opening(
          count("paths", (row) => row.paths),
          at,
        ),
        opening(
          share(
            "share_of_paths",
            (row) => row.share,
            (row) => [row.share_low, row.share_high],
            () => answer.paths,
          ),
          at,
          () => all,
        ),
        opening(
          count("customers", (row) => row.customers),
          at,
        ),
        opening(
          count("ended", (row) => row.ended),
          (row) => numberOf("paths", { ...asked, step: row.step, ended: true, ...where(row) }),
        ),
      ]),
    ],
  };
}

export function tellChannels(answer: AnswerOf<"channels">): Told {
  type Move = (typeof answer.moves)[number];
  type End = (typeof answer.starts)[number];
  const move = (row: Move) => numberOf("move", { source: row.from, target: row.to, by: "channel" });
  const ends = (key: "starts" | "ends", rows: readonly End[]): Table => {
    const all = rows.reduce((sum, each) => sum + each.count, 0);
    const end = (row: End) => numberOf(key === "starts" ? "start" : "end", { name: row.channel, by: "channel" });
    return table<End>(key, rows, [
      name("channel", (row) => row.channel),
      opening(
        count("spans", (row) => row.count),
        end,
      ),
      opening(
        share(
          "share_of_journeys",
          (row) => (all > 0 ? row.count / all : null),
          undefined,
          () => all,
        ),
        end,
        () => EVERY,
      ),
    ]);
  };
  return {
    figures: [
      {
        key: "moves",
        kind: "count",
        value: answer.moves.reduce((sum, each) => sum + each.count, 0),
        behind: numberOf("move", { by: "channel" }),
      },
      {
        key: "journeys",
        kind: "count",
        value: answer.starts.reduce((sum, each) => sum + each.count, 0),
        behind: EVERY,
      },
    ],
    tables: [
      table<Move>("moves", answer.moves, [
        name("from", (row) => row.from),
        name("to", (row) => row.to),
        opening(
          count("count", (row) => row.count),
          move,
        ),
        opening(
          count("customers", (row) => row.customers),
          move,
        ),
      ]),
      ends("starts", answer.starts),
      ends("ends", answer.ends),
    ],
  };
}

export function tellVariants(answer: AnswerOf<"variants">): Told {
  type Variant = (typeof answer.variants)[number];
  const exactly = (row: Variant) => numberOf("variant", { path: row.path });
  return {
    figures: [
      { key: "variants", kind: "count", value: answer.total_variants },
      { key: "journeys", kind: "count", value: answer.total_spans, behind: EVERY },
      { key: "customers", kind: "count", value: answer.total_customers, behind: EVERY },
    ],
    tables: [
      table<Variant>("paths", answer.variants, [
        path("path", (row) => row.path),
        opening(
          count("customers", (row) => row.customers),
          exactly,
        ),
        opening(
          share(
            "share_of_customers",
            (row) => row.share,
            undefined,
            () => answer.total_customers,
          ),
          exactly,
          () => EVERY,
        ),
        opening(
          count("spans", (row) => row.spans),
          exactly,
        ),
        opening(
          duration("median_length", (row) => row.median_seconds),
          exactly,
        ),
      ]),
    ],
  };
}

export function tellCommon(answer: AnswerOf<"common">, params: URLSearchParams): Told {
  type Journey = (typeof answer.journeys)[number];
  const asked = { by: params.get("by") ?? "touchpoint", order: params.get("order") ?? "kept" };
  const along = (row: Journey) => numberOf("common", { path: row.path, ...asked });
  const upTo = (row: Journey) => numberOf("common", { first: answer.journeys.indexOf(row) + 1, ...asked });
  return {
    figures: [
      { key: "variants", kind: "count", value: answer.total_paths },
      { key: "journeys", kind: "count", value: answer.total_spans, behind: EVERY },
      { key: "customers", kind: "count", value: answer.total_customers, behind: EVERY },
    ],
    tables: [
      table<Journey>("paths", answer.journeys, [
        path("path", (row) => row.path),
        opening(
          count("customers", (row) => row.customers),
          along,
        ),
        opening(
          share(
            "share_of_customers",
            (row) => row.share,
            (row) => [row.share_low, row.share_high],
            () => answer.total_customers,
          ),
          along,
          () => EVERY,
        ),
        opening(
          share(
            "covered",
            (row) => row.covered,
            undefined,
            () => answer.total_customers,
          ),
          upTo,
          () => EVERY,
        ),
        opening(
          count("spans", (row) => row.spans),
          along,
        ),
        opening(
          duration("median_length", (row) => row.median_seconds),
          along,
        ),
      ]),
    ],
  };
}

export function tellLoops(answer: AnswerOf<"loops">): Told {
  type Repeating = (typeof answer.touchpoints)[number];
  type Loop = (typeof answer.loops)[number];
  const { process } = answer;
  const part = (key: "linear" | "branching" | "cyclical") => ({
    key,
    kind: "share" as const,
    value: process[key].share,
    interval: [process[key].share_low, process[key].share_high] as const,
    n: process.spans,
    behind: numberOf("shape", { shape: key }),
    behindN: numberOf("shape", { shape: "any" }),
  });
  const having = (row: Repeating) => numberOf("touchpoint", { name: row.touchpoint });
  const again = (row: Repeating) => numberOf("again", { name: row.touchpoint });
  const loop = (row: Loop) => numberOf("again", { name: row.touchpoint, via: row.via });
  return {
    figures:
      process.spans > 0
        ? [part("linear"), part("branching"), part("cyclical")]
        : [{ key: "single", kind: "count", value: process.single, told: "single" }],
    tables: [
      table<Repeating>("repeating", answer.touchpoints, [
        name("touchpoint", (row) => row.touchpoint),
        opening(
          count("customers", (row) => row.customers),
          having,
        ),
        opening(
          count("repeating", (row) => row.repeating_customers),
          again,
        ),
        opening(
          share(
            "share",
            (row) => row.share,
            (row) => [row.share_low, row.share_high],
            (row) => row.customers,
          ),
          again,
          having,
        ),
        opening(
          count("self_loops", (row) => row.self_loops.count),
          (row) =>
            row.self_loops.count > 0 ? numberOf("move", { source: row.touchpoint, target: row.touchpoint }) : undefined,
        ),
        opening(
          count("repetitions", (row) => row.repetitions.count),
          (row) => numberOf("again", { name: row.touchpoint, later: true }),
        ),
        path("shortest", (row) => row.shortest),
      ]),
      table<Loop>("loops", answer.loops, [
        name("touchpoint", (row) => row.touchpoint),
        name("via", (row) => row.via),
        opening(
          count("count", (row) => row.count),
          loop,
        ),
        opening(
          count("customers", (row) => row.customers),
          loop,
        ),
        opening(
          duration("median", (row) => row.median_seconds),
          loop,
        ),
      ]),
    ],
  };
}
