import { Group, Text, UnstyledButton } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useFormat } from "../../base/format";
import { useMay } from "../../base/me";
import { useWords } from "../../base/words";
import { useShowBehind } from "../behind/showing";
import { journeysWords } from "../journeysWords";
import { PathStrip } from "../pictures/PathStrip";
import classes from "./Cell.module.css";
import type { CellKind, CellValue, Column } from "./model";
import { useCellText } from "./writing";

/** A text of more letters has a wide column. */
const SENTENCE = 48;

interface CellProps<Row> {
  readonly column: Column<Row>;
  readonly row: Row;
  /** Whether the heading says of how many the numbers of the column are. */
  readonly isSameN: boolean;
}

/** One cell: the value with its interval and n; where journeys are behind it, it opens them. */
export function Cell<Row>({ column, row, isSameN }: CellProps<Row>) {
  const value = column.value(row);
  const kind = column.kindOf?.(row) ?? column.kind;
  const shown = <Value kind={kind} value={value} currency={column.currency} />;
  const behind = value === 0 || value === null || value === undefined ? undefined : column.behind?.(row);
  const interval = column.interval?.(row);
  const n = isSameN ? undefined : column.n?.(row);
  return (
    <>
      {behind === undefined ? shown : <Opens behind={behind}>{shown}</Opens>}
      <Beside kind={kind} interval={interval} n={n} behindN={column.behindN?.(row)} />
    </>
  );
}

interface ValueProps {
  readonly kind: CellKind;
  readonly value: CellValue;
  readonly currency?: string | null | undefined;
}

function Value({ kind, value, currency }: ValueProps) {
  const write = useCellText();
  const words = useWords(journeysWords);
  if (kind === "path") return <PathStrip path={Array.isArray(value) ? value : []} />;
  if (kind === "sure") {
    return value === true ? (
      <Group gap={3} wrap="nowrap" component="span" className={classes.sure}>
        <IconCheck size={14} aria-hidden />
        {words.table.sure}
      </Group>
    ) : (
      <Text span size="sm" c="dimmed">
        {typeof value === "string" ? words.table.untested[value] : words.table.unsure}
      </Text>
    );
  }
  return (
    <span className={isWritten(kind) ? classes.name : classes.number} data-long={isLong(value) || undefined}>
      {write(kind, value, { currency })}
    </span>
  );
}

function isWritten(kind: CellKind): boolean {
  return kind === "name" || kind === "word";
}

function isLong(value: CellValue): boolean {
  return typeof value === "string" && value.length > SENTENCE;
}

interface BesideProps {
  readonly kind: CellKind;
  readonly interval?: readonly [number | null, number | null] | undefined;
  readonly n?: number | null | undefined;
  readonly behindN?: string | undefined;
}

/** The interval and the n of a number, smaller and below it. */
export function Beside({ kind, interval, n, behindN }: BesideProps) {
  const write = useCellText();
  const words = useWords(journeysWords);
  const [low, high] = interval ?? [null, null];
  const range =
    low === null || high === null
      ? ""
      : `${write(kind, low, { short: true })} ${words.table.to} ${write(kind, high, { short: true })}`;
  const hasN = n !== null && n !== undefined;
  if (range === "" && !hasN) return null;
  return (
    <span className={classes.beside}>
      {range}
      {range !== "" && hasN && " · "}
      {hasN && <Size n={n} behind={behindN} />}
    </span>
  );
}

/** Of how many a number is; where journeys are behind that, it opens them. */
export function Size({ n, behind }: { readonly n: number; readonly behind: string | undefined }) {
  const format = useFormat();
  const text = `n = ${format.count(n)}`;
  return behind === undefined || n === 0 ? text : <Opens behind={behind}>{text}</Opens>;
}

/** A number that opens the journeys behind it, for those who may see customers. */
export function Opens({ behind, children }: { readonly behind: string; readonly children: ReactNode }) {
  const words = useWords(journeysWords);
  const show = useShowBehind();
  if (!useMay("see_customers")) return children;
  return (
    <UnstyledButton
      className={classes.opens}
      title={words.table.behind}
      aria-haspopup="dialog"
      onClick={() => show(behind)}
    >
      {children}
    </UnstyledButton>
  );
}
