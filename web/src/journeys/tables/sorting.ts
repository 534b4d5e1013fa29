import type { CellValue, Column } from "./model";

/** By which column a table is sorted, and how. */
export interface Order {
  readonly key: string;
  readonly descending: boolean;
}

/** Rows in the order of a column; those without a value come last, equal ones stay as they were. */
export function sorted<Row>(rows: readonly Row[], column: Column<Row>, descending: boolean): readonly Row[] {
  const keyed = rows.map((row) => ({ row, value: keyOf(column.value(row)) }));
  return keyed
    .sort((one, other) => {
      if (one.value === undefined || other.value === undefined)
        return Number(one.value === undefined) - Number(other.value === undefined);
      return descending ? compared(other.value, one.value) : compared(one.value, other.value);
    })
    .map((each) => each.row);
}

function keyOf(value: CellValue): string | number | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === "number") return Number.isNaN(value) ? undefined : value;
  if (typeof value === "boolean") return Number(value);
  return typeof value === "string" ? value : value.join(" → ");
}

function compared(one: string | number, other: string | number): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one).localeCompare(String(other), undefined, { numeric: true });
}
