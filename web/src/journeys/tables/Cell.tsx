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

interface CellProps<Row> {
  readonly column: Column<Row>;
  readonly row: Row;
  /** Whether the heading says of how many the numbers of the column are. */
  readonly isSameN: boolean;
}

/** One cell: the value with its interval and n; where journeys are behind it, it opens them. */
export function Cell<Row>({ column, row, isSameN }: CellProps<Row>) {
  const value = column.value(row);
  const shown = <Value kind={column.kind} value={value} currency={column.currency} />;
  const behind = value === 0 || value === null || value === undefined ? undefined : column.behind?.(row);
  const interval = column.interval?.(row);
  const n = isSameN ? undefined : column.n?.(row);
  return (
    <>
      {behind === undefined ? shown : <Opens behind={behind}>{shown}</Opens>}
      {interval !== undefined && <Beside kind={column.kind} interval={interval} n={n} />}
      {interval === undefined && n !== undefined && n !== null && <Beside kind={column.kind} n={n} />}
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
        {words.table.unsure}
      </Text>
    );
  }
  return (
    <span className={kind === "name" || kind === "word" ? classes.name : undefined}>
      {write(kind, value, { currency })}
    </span>
  );
}

interface BesideProps {
  readonly kind: CellKind;
  readonly interval?: readonly [number | null, number | null];
  readonly n?: number | null | undefined;
}

/** The interval and the n of a number, smaller and below it. */
function Beside({ kind, interval, n }: BesideProps) {
  const write = useCellText();
  const words = useWords(journeysWords);
  const format = useFormat();
  const [low, high] = interval ?? [null, null];
  const parts: string[] = [];
  if (low !== null && high !== null)
    parts.push(`${write(kind, low, { short: true })} ${words.table.to} ${write(kind, high, { short: true })}`);
  if (n !== null && n !== undefined) parts.push(`n = ${format.count(n)}`);
  return parts.length === 0 ? null : <span className={classes.beside}>{parts.join(" · ")}</span>;
}

/** A number that opens the journeys behind it, for those who may see customers. */
export function Opens({ behind, children }: { readonly behind: string; readonly children: ReactNode }) {
  const words = useWords(journeysWords);
  const show = useShowBehind();
  if (!useMay("see_customers")) return children;
  return (
    <UnstyledButton className={classes.opens} title={words.table.behind} onClick={() => show(behind)}>
      {children}
    </UnstyledButton>
  );
}
