import { quoted } from "../behind/number";
import type { JourneysWords } from "../words.en";

export type Operator = keyof JourneysWords["condition"]["operators"];

/** One comparison of a condition; `value` as it is typed, of `in` with commas between the values. */
export interface ConditionRow {
  readonly field: string;
  readonly operator: Operator;
  readonly value: string;
}

/** A condition that rows can show: all of them, or any. */
export interface ConditionRows {
  readonly join: "all" | "any";
  readonly rows: readonly ConditionRow[];
}

const SYMBOLS: Readonly<Record<Operator, string>> = {
  equals: "=",
  not_equals: "!=",
  in: "in",
  contains: "contains",
  starts_with: "starts with",
  greater: ">",
  at_least: ">=",
  less: "<",
  at_most: "<=",
  exists: "exists",
  missing: "is missing",
};
const NUMBER = /^[+-]?\d+(\.\d+)?$/;
const ORDERS: readonly Operator[] = ["greater", "at_least", "less", "at_most"];

/** Which comparisons a field of a kind can have. */
export function operatorsOf(kind: string): readonly Operator[] {
  if (kind === "number") return ["equals", "greater", "at_least", "less", "at_most", "exists", "missing"];
  if (kind === "time") return ["greater", "at_least", "less", "at_most"];
  return ["equals", "not_equals", "in", "contains", "starts_with", "exists", "missing"];
}

/** Whether a comparison has a value. */
export function hasValue(operator: Operator): boolean {
  return operator !== "exists" && operator !== "missing";
}

/** Rows as the text of a condition; rows without a value are left out. */
export function textOf({ join, rows }: ConditionRows): string {
  return rows
    .filter((row) => row.field !== "" && (!hasValue(row.operator) || row.value.trim() !== ""))
    .map(rowText)
    .join(join === "all" ? " and " : " or ");
}

function rowText(row: ConditionRow): string {
  if (!hasValue(row.operator)) return `${row.field} ${SYMBOLS[row.operator]}`;
  if (row.operator === "in") {
    const values = row.value
      .split(",")
      .map((each) => each.trim())
      .filter((each) => each !== "");
    return `${row.field} in (${values.map(quoted).join(", ")})`;
  }
  const value = row.value.trim();
  const isBare =
    NUMBER.test(value) && (ORDERS.includes(row.operator) || row.operator === "equals") && isNumeric(row.field);
  return `${row.field} ${SYMBOLS[row.operator]} ${isBare ? value : quoted(value)}`;
}

const NUMERIC = ["duration", "wait", "hold", "cost", "value", "score", "sentiment"];

function isNumeric(field: string): boolean {
  return NUMERIC.includes(field) || field.startsWith("attributes.");
}

/** The rows of a condition in its JSON form; undefined where it is nested deeper than rows can show. */
export function rowsOf(condition: unknown): ConditionRows | undefined {
  if (!isRecord(condition)) return undefined;
  for (const join of ["all", "any"] as const) {
    const parts = condition[join];
    if (!Array.isArray(parts)) continue;
    const rows = parts.map(rowOf);
    return rows.every((each) => each !== undefined) ? { join, rows: rows as ConditionRow[] } : undefined;
  }
  const row = rowOf(condition);
  return row === undefined ? undefined : { join: "all", rows: [row] };
}

function rowOf(part: unknown): ConditionRow | undefined {
  if (!isRecord(part) || typeof part.field !== "string") return undefined;
  const operator = (part.operator ?? "equals") as Operator;
  if (!(operator in SYMBOLS)) return undefined;
  const { value } = part;
  return {
    field: part.field,
    operator,
    value: Array.isArray(value) ? value.join(", ") : value === null || value === undefined ? "" : String(value),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
