import type { columns, figures, tables, told } from "../words.tables.en";

/** How a cell is written. */
export type CellKind =
  | "name"
  | "word"
  | "count"
  | "share"
  | "points"
  | "duration"
  | "number"
  | "money"
  | "path"
  | "sure"
  | "day";

export type CellValue = string | number | boolean | null | undefined | readonly string[];

/** A column of a table: what it shows of a row, and what is behind it. */
export interface Column<Row> {
  readonly key: keyof typeof columns;
  readonly kind: CellKind;
  /** How the cell of one row is written, where that differs. */
  readonly kindOf?: (row: Row) => CellKind;
  readonly value: (row: Row) => CellValue;
  /** Of an amount of money: three capital letters, such as EUR. */
  readonly currency?: string | null;
  /** The 95 % interval. */
  readonly interval?: (row: Row) => readonly [number | null, number | null];
  /** Of how many it is. */
  readonly n?: (row: Row) => number | null | undefined;
  /** The journeys behind the number: the kind and parameters of the server's `behind` routes. */
  readonly behind?: (row: Row) => string | undefined;
  /** The journeys behind the n. */
  readonly behindN?: (row: Row) => string | undefined;
}

/** A table of an answer. */
export interface TableOf<Row> {
  readonly key: keyof typeof tables;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
}

/** A table whose rows only it knows. */
export type Table = <T>(use: <Row>(table: TableOf<Row>) => T) => T;

/** Hide what the rows of a table are. */
export function table<Row>(key: TableOf<Row>["key"], rows: readonly Row[], columns: readonly Column<Row>[]): Table {
  return (use) => use({ key, rows, columns });
}

/** A number that stands for the whole answer. */
export interface Figure {
  readonly key: keyof typeof figures;
  readonly kind: CellKind;
  readonly value: CellValue;
  /** See {@link Column}. */
  readonly currency?: string | null;
  readonly interval?: readonly [number | null, number | null];
  readonly n?: number;
  /** See {@link Column}. */
  readonly behind?: string | undefined;
  /** See {@link Column}. */
  readonly behindN?: string | undefined;
  /** Who counts and who is left out, where that is not everybody. */
  readonly told?: keyof typeof told | undefined;
}

/** What is shown of an answer beside its picture. */
export interface Told {
  readonly figures: readonly Figure[];
  readonly tables: readonly Table[];
  /** Whether the data have nothing of what is asked for, though there are rows that say so. */
  readonly isEmpty?: boolean;
}

export function count<Row>(key: Column<Row>["key"], value: (row: Row) => CellValue): Column<Row> {
  return { key, kind: "count", value };
}

export function name<Row>(key: Column<Row>["key"], value: (row: Row) => CellValue): Column<Row> {
  return { key, kind: "name", value };
}

/** A word of the server's own, told in the language of the page. */
export function word<Row>(key: Column<Row>["key"], value: (row: Row) => CellValue): Column<Row> {
  return { key, kind: "word", value };
}

export function share<Row>(
  key: Column<Row>["key"],
  value: (row: Row) => number | null | undefined,
  interval?: (row: Row) => readonly [number | null, number | null],
  n?: (row: Row) => number | null | undefined,
): Column<Row> {
  return {
    key,
    kind: "share",
    value,
    ...(interval === undefined ? {} : { interval }),
    ...(n === undefined ? {} : { n }),
  };
}

export function duration<Row>(key: Column<Row>["key"], value: (row: Row) => number | null): Column<Row> {
  return { key, kind: "duration", value };
}

export function numeric<Row>(
  key: Column<Row>["key"],
  value: (row: Row) => number | null | undefined,
  interval?: (row: Row) => readonly [number | null, number | null],
): Column<Row> {
  return { key, kind: "number", value, ...(interval === undefined ? {} : { interval }) };
}

/** Amounts in a currency. */
export function money<Row>(
  key: Column<Row>["key"],
  currency: string | null,
  value: (row: Row) => number | null | undefined,
): Column<Row> {
  return { key, kind: "money", currency, value };
}

export function path<Row>(key: Column<Row>["key"], value: (row: Row) => readonly string[]): Column<Row> {
  return { key, kind: "path", value };
}

/** A column whose numbers open the journeys behind them, and their n those that it counts. */
export function opening<Row>(
  column: Column<Row>,
  behind: (row: Row) => string | undefined,
  behindN?: (row: Row) => string | undefined,
): Column<Row> {
  return { ...column, behind, ...(behindN === undefined ? {} : { behindN }) };
}

/** A column of which only the n opens journeys. */
export function openingN<Row>(column: Column<Row>, behindN: (row: Row) => string | undefined): Column<Row> {
  return { ...column, behindN };
}
