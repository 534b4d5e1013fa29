import type { CostsAnswer, CostsText } from "../base/api/schema.gen";

/** A row of the form of costs; an amount is empty while it is written. */
export interface CostDraft {
  readonly key: number;
  readonly channel: string;
  readonly perContact: number | string;
  readonly perMinute: number | string;
}

export interface CostsDraft {
  readonly currency: string;
  readonly rows: readonly CostDraft[];
}

export type CostProblem = "noChannel" | "channelTwice" | "noAmount";

export function costsDraft(costs: CostsAnswer): CostsDraft {
  const rows = costs.channels.map((each, key) => ({
    key,
    channel: each.channel,
    perContact: each.per_contact,
    perMinute: each.per_minute,
  }));
  return { currency: costs.currency, rows };
}

export function withChannel(draft: CostsDraft, channel: string): CostsDraft {
  const key = Math.max(-1, ...draft.rows.map((each) => each.key)) + 1;
  return { ...draft, rows: [...draft.rows, { key, channel, perContact: 0, perMinute: 0 }] };
}

export function isCurrency(text: string): boolean {
  return /^[A-Z]{3}$/.test(text);
}

/** What is wrong with each row, by its key. */
export function costProblems(draft: CostsDraft): ReadonlyMap<number, CostProblem> {
  const names = draft.rows.map((each) => each.channel.trim());
  const found = new Map<number, CostProblem>();
  for (const [place, row] of draft.rows.entries()) {
    const problem = rowProblem(row, names.indexOf(names[place] ?? "") < place);
    if (problem !== undefined) found.set(row.key, problem);
  }
  return found;
}

function rowProblem(row: CostDraft, isAgain: boolean): CostProblem | undefined {
  if (row.channel.trim() === "") return "noChannel";
  if (isAgain) return "channelTwice";
  return [row.perContact, row.perMinute].every(isAmount) ? undefined : "noAmount";
}

function isAmount(value: number | string): boolean {
  return value !== "" && Number(value) >= 0;
}

export function costsText({ currency, rows }: CostsDraft, revision: string | null): CostsText {
  const channels = rows.map((each) => ({
    channel: each.channel.trim(),
    per_contact: Number(each.perContact),
    per_minute: Number(each.perMinute),
  }));
  return { currency, channels, revision };
}
