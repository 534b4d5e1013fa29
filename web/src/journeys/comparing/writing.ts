import type { DifferenceAnswer } from "../../base/api/schema.gen";
import { type Format, useFormat } from "../../base/format";
import { useWords } from "../../base/words";
import { journeysWords } from "../journeysWords";

/** Whether a number is told in per cent, and its differences in points. */
export function isShare(row: DifferenceAnswer): boolean {
  return row.kind === "share" || row.unit.startsWith("of ");
}

function valueText(row: DifferenceAnswer, value: number | null, format: Format): string {
  if (value === null) return "–";
  if (isShare(row)) return format.share(value);
  if (row.kind === "count") return format.count(value);
  if (row.unit === "seconds") return format.duration(value);
  return format.amount(value, row.unit, 2);
}

function signed(text: string, value: number): string {
  return value > 0 ? `+${text}` : text;
}

/** How the numbers of a comparison are written. */
export function useDifferenceText(): {
  readonly value: (row: DifferenceAnswer, value: number | null) => string;
  readonly difference: (row: DifferenceAnswer) => string;
  readonly interval: (row: DifferenceAnswer) => string;
} {
  const format = useFormat();
  const words = useWords(journeysWords);
  return {
    value: (row, value) => valueText(row, value, format),
    difference: (row) => {
      if (row.difference === null || row.kind === "count") return "–";
      if (isShare(row)) return words.table.points(format.points(row.difference));
      return signed(valueText(row, row.difference, format), row.difference);
    },
    interval: (row) => {
      if (row.low === null || row.high === null || row.kind === "count") return "";
      const ends = [row.low, row.high].map((end) =>
        isShare(row) ? format.points(end) : signed(valueText(row, end, format), end),
      );
      return ends.join(` ${words.table.to} `);
    },
  };
}
