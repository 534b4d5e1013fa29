import type { MeasuredNumber, StepRow } from "../base/api/schema.gen";
import { digitsOf, type Format } from "../base/format";

/** What can be true of a journey and a step, in the order in which it is listed. */
export const FACTS = ["reached", "skipped", "repeated", "out_of_order", "left"] as const;
export type Fact = (typeof FACTS)[number];

/** A count of journeys at a step with its share and interval. */
export interface FactNumbers {
  readonly count: number;
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** The numbers of a fact; undefined where the step cannot be measured. */
export function factOf(step: StepRow, fact: Fact): FactNumbers | undefined {
  const count = step[fact];
  if (count === null) return undefined;
  return { count, share: step[`${fact}_share`], low: step[`${fact}_low`], high: step[`${fact}_high`] };
}

const SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  seconds: 1,
  minutes: 60,
  hours: 3_600,
  days: 86_400,
  weeks: 604_800,
};

/** A measured number with its unit: a share as per cent, time in the units that fit it, others with what the server calls the unit. */
export function valueText(format: Format, value: number | null, unit: string | null): string {
  if (unit === "share") return format.share(value);
  const seconds = SECONDS[unit ?? ""];
  if (seconds !== undefined) return format.duration(value === null ? null : value * seconds);
  return format.amount(value, unit, value === null ? 0 : Math.min(2, digitsOf(value)));
}

/** `1.4 to 1.6, n = 1,234`; without an interval only n. */
export function certaintyText(format: Format, number: MeasuredNumber, to: string): string {
  const known = number.low !== null && number.high !== null;
  const unit = number.unit === "share" || SECONDS[number.unit ?? ""] !== undefined ? number.unit : "";
  const interval = known
    ? `${valueText(format, number.low, unit)} ${to} ${valueText(format, number.high, unit)}, `
    : "";
  return `${interval}n = ${format.count(number.n)}`;
}
