import { useCallback } from "react";
import { digitsOf, type Format, useFormat } from "../../base/format";
import { useWords } from "../../base/words";
import { journeysWords } from "../journeysWords";
import type { JourneysWords } from "../words.en";
import type { CellKind, CellValue } from "./model";

/** What else decides how a value is written. */
export interface Writing {
  /** Without its unit, for the ends of an interval. */
  readonly short?: boolean;
  /** Of an amount of money. */
  readonly currency?: string | null | undefined;
}

/** How the value of a cell is written. */
export function useCellText(): (kind: CellKind, value: CellValue, writing?: Writing) => string {
  const format = useFormat();
  const words = useWords(journeysWords);
  return useCallback((kind, value, writing = {}) => cellText(kind, value, format, words, writing), [format, words]);
}

/** See {@link useCellText}. */
export function cellText(
  kind: CellKind,
  value: CellValue,
  format: Format,
  words: JourneysWords,
  { short = false, currency }: Writing = {},
): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "string") {
    if (kind === "word") return words.values[value as keyof typeof words.values] ?? value;
    return kind === "day" ? format.day(value) : value;
  }
  if (typeof value === "boolean") return value ? words.table.sure : words.table.unsure;
  if (typeof value !== "number") return value.join(" → ");
  if (kind === "count") return format.count(value);
  if (kind === "share") return format.share(value);
  if (kind === "duration") return format.duration(value);
  if (kind === "money" && currency) return format.money(value, currency);
  if (kind === "points") {
    const points = format.points(value);
    return short ? points : words.table.points(points);
  }
  return format.number(value, digitsOf(value));
}
