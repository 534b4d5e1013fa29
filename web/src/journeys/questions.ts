import type { operations } from "../base/api/schema.gen";

/** The questions in the order in which people need them. */
export const QUESTIONS = [
  "flow",
  "paths",
  "funnel",
  "variants",
  "common",
  "clusters",
  "channels",
  "contacts",
  "chains",
  "effort",
  "scores",
  "emotion",
  "drivers",
  "retention",
  "survival",
  "attribution",
  "gaps",
  "handovers",
  "loops",
  "outcomes",
  "insights",
  "sessions",
  "overview",
] as const;

export type QuestionName = (typeof QUESTIONS)[number];

/** What the server answers to a question: the answer, and notes on names in it that nothing has. */
export type Answered<Q extends QuestionName> = operations[`ask_${Q}`]["responses"][200]["content"]["application/json"];

/** The answer of a question. */
export type AnswerOf<Q extends QuestionName> = Answered<Q>["answer"];

/** What chooses customers and interactions, the same for every question. */
export const SELECTION = ["period", "where", "channels", "segment", "not_segment", "journey", "span", "gap"] as const;

/** What the second group of a comparison can have of its own. */
export const SECOND_GROUP = [
  "with_period",
  "with_segment",
  "with_where",
  "with_channels",
  "with_journey",
  "with_rest",
] as const;

/** What an option of a question takes. */
export type OptionKind =
  | { readonly kind: "choice"; readonly values: readonly string[] }
  | { readonly kind: "touchpoints" | "touchpoint" | "channels" | "teams" | "field" | "fields" }
  | { readonly kind: "duration" | "number" | "text" | "condition" | "flag" | "period" };

/** An option of one question: the name is that of the parameter on the server and on the command line. */
export type QuestionOption = OptionKind & {
  readonly name: string;
  /** What counts where nothing is said. */
  readonly usual?: string;
  /** Without it the question cannot be asked. */
  readonly needed?: boolean;
};

const choice = (name: string, usual: string, ...values: readonly string[]): QuestionOption => ({
  name,
  kind: "choice",
  values,
  usual,
});
const option = (name: string, kind: Exclude<OptionKind["kind"], "choice">, usual?: string): QuestionOption =>
  usual === undefined ? { name, kind } : { name, kind, usual };
const needed = (name: string, kind: "touchpoints" | "touchpoint"): QuestionOption => ({ name, kind, needed: true });

const BY = choice("by", "touchpoint", "touchpoint", "channel");
const WEEKDAY = choice("weekday", "", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday");
const OF_SERVICE = [option("teams", "teams")];
const WHOSE = choice("whose", "customer", "customer", "anybody");

/** The options of each question, beside what chooses customers and interactions. */
export const OPTIONS: Readonly<Record<QuestionName, readonly QuestionOption[]>> = {
  flow: [BY],
  paths: [
    needed("touchpoint", "touchpoint"),
    choice("direction", "after", "after", "before"),
    option("steps", "number", "5"),
    choice("anchor", "first", "first", "last", "every"),
    choice("repeats", "folded", "folded", "kept"),
    WEEKDAY,
  ],
  funnel: [
    needed("steps", "touchpoints"),
    option("within", "duration"),
    choice("order", "loose", "loose", "strict", "any"),
    option("exclude", "touchpoints"),
    option("same", "field"),
    option("by", "field"),
    option("dropped", "flag"),
  ],
  variants: [option("top", "number", "50")],
  common: [
    choice("by", "touchpoint", "touchpoint", "channel", "stage"),
    choice("order", "kept", "kept", "ignored"),
    option("top", "number", "50"),
  ],
  clusters: [option("outcome", "touchpoints"), option("clusters", "number")],
  channels: [],
  contacts: [
    choice("by", "channel", "channel", "team", "agent", "touchpoint", "reason"),
    option("within", "duration", "7d"),
    option("reason", "field"),
    ...OF_SERVICE,
    WEEKDAY,
  ],
  chains: [
    option("gap", "duration", "3d"),
    option("within", "duration", "7d"),
    option("self_service", "channels"),
    option("needs", "condition"),
  ],
  effort: [
    choice("by", "channel", "channel", "touchpoint", "team", "stage"),
    option("within", "duration", "7d"),
    option("threshold", "number", "5"),
    ...OF_SERVICE,
    option("fit", "flag"),
  ],
  scores: [
    choice("kind", "NPS", "NPS", "CSAT", "CES"),
    choice("level", "transaction", "transaction", "journey", "relationship"),
    choice("by", "", "touchpoint", "channel", "team", "month", "stage", "outcome"),
    option("within", "duration", "7d"),
    option("sent", "touchpoints"),
    ...OF_SERVICE,
  ],
  emotion: [choice("by", "touchpoint", "touchpoint", "stage"), option("within", "duration", "7d"), ...OF_SERVICE],
  drivers: [
    option("outcomes", "touchpoints"),
    option("score_below", "number"),
    choice("kind", "NPS", "NPS", "CSAT", "CES"),
    option("attributes", "fields"),
    option("adjust", "field"),
  ],
  retention: [
    option("starts", "touchpoints"),
    option("returns", "touchpoints"),
    choice("by", "week", "day", "week", "month"),
    choice("kind", "in", "in", "on_or_after"),
    option("begun", "period"),
    WHOSE,
  ],
  survival: [
    option("events", "touchpoints"),
    option("churn", "duration"),
    option("starts", "touchpoints"),
    choice("unit", "day", "minute", "hour", "day"),
    option("begun", "period"),
    WHOSE,
  ],
  attribution: [
    needed("outcomes", "touchpoints"),
    BY,
    option("lookback", "duration", "30d"),
    option("half_life", "duration", "7d"),
  ],
  gaps: [
    option("quiet", "duration", "1h"),
    option("within", "duration", "14d"),
    option("settle", "duration", "30d"),
    WHOSE,
    option("top", "number", "50"),
  ],
  handovers: [option("by", "field", "team"), option("within", "duration", "7d"), option("top", "number", "50")],
  loops: [option("top", "number", "50")],
  outcomes: [],
  insights: [option("attributes", "fields")],
  sessions: [option("gap", "duration", "30m")],
  overview: [],
};

/** Questions that do not cut life cycles into sessions: they have a gap of their own, or none. */
const UNCUT: readonly QuestionName[] = [
  "chains",
  "outcomes",
  "sessions",
  "contacts",
  "retention",
  "survival",
  "insights",
];

/**
 * What the channels of the bar do: choose interactions before anything is counted, or the contacts and answers that are
 * told of, or nothing, because the question compares channels or lies between them.
 */
export type ChannelUse = "filter" | "told_of" | "unused";

const TOLD_OF_CHANNELS: readonly QuestionName[] = ["contacts", "effort", "scores", "emotion"];
const WITHOUT_CHANNELS: readonly QuestionName[] = ["chains", "drivers", "attribution", "gaps"];

/** What the channels of the bar do for a question. */
export function channelUseOf(question: QuestionName): ChannelUse {
  if (TOLD_OF_CHANNELS.includes(question)) return "told_of";
  return WITHOUT_CHANNELS.includes(question) ? "unused" : "filter";
}

/** What the second group of a comparison can have of its own for one question. */
export function secondGroupOf(question: QuestionName): readonly string[] {
  return SECOND_GROUP.filter((each) => each !== "with_channels" || channelUseOf(question) === "filter");
}

/** What chooses customers and interactions for one question. */
export function selectionOf(question: QuestionName): readonly string[] {
  if (question === "sessions") return ["period", "where", "channels", "segment", "not_segment"];
  return UNCUT.includes(question) ? SELECTION.filter((each) => each !== "span" && each !== "gap") : SELECTION;
}

/** The question by whose numbers two groups are compared; undefined where none can be. */
export const COMPARED_BY: Readonly<Record<QuestionName, string | undefined>> = {
  ...(Object.fromEntries(QUESTIONS.map((each) => [each, each])) as Record<QuestionName, string>),
  overview: "reach",
  variants: "common",
  insights: undefined,
  sessions: undefined,
};

/** The same with the options of a question: moves between channels are compared by channels. */
export function comparedBy(question: QuestionName, params: URLSearchParams): string | undefined {
  return question === "flow" && params.get("by") === "channel" ? "channels" : COMPARED_BY[question];
}

/** Whether the numbers that are compared are asked with the options of the question too. */
export function isComparedWithOptions(question: QuestionName): boolean {
  return question !== "flow" && COMPARED_BY[question] === question;
}

/** Questions about whole paths say more of sessions than of lives: so they are opened. */
export const OPENED_WITH: Readonly<Partial<Record<QuestionName, string>>> = {
  variants: "span=session&gap=3d",
  common: "span=session&gap=3d",
  loops: "span=session&gap=3d",
};

/** Of how many rows an answer is asked for, where the person does not say. */
export function usualTop(question: QuestionName): string | undefined {
  return OPTIONS[question].find((each) => each.name === "top")?.usual;
}

export function isQuestion(name: string | undefined): name is QuestionName {
  return QUESTIONS.some((each) => each === name);
}
