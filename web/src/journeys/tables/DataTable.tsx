import { Button, Group, Stack, Table, Text, Title, UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useFormat } from "../../base/format";
import { WideTable } from "../../base/WideTable";
import { useWords } from "../../base/words";
import { journeysWords } from "../journeysWords";
import { Cell, Size } from "./Cell";
import classes from "./DataTable.module.css";
import type { Column, TableOf } from "./model";
import { type Order, sorted } from "./sorting";

const FIRST = 25;

/** A table of an answer: sortable by every column, long ones a part at a time. */
export function DataTable<Row>({ table }: { readonly table: TableOf<Row> }) {
  const words = useWords(journeysWords);
  const format = useFormat();
  const [order, setOrder] = useState<Order | undefined>();
  const [shown, setShown] = useState(FIRST);
  const column = table.columns.find((each) => each.key === order?.key);
  const rows = useMemo(
    () => (column === undefined || order === undefined ? table.rows : sorted(table.rows, column, order.descending)),
    [table.rows, column, order],
  );
  const title = words.tables[table.key];
  const common = useMemo(() => new Map(table.columns.map((each) => [each.key, commonN(table.rows, each)])), [table]);
  return (
    <Stack gap="xs" component="section" aria-label={title}>
      <Group justify="space-between" align="baseline">
        <Title order={2} size="h5">
          {title}
        </Title>
        {rows.length > shown && (
          <Text size="xs" c="dimmed">
            {words.table.rows(format.count(shown), format.count(rows.length))}
          </Text>
        )}
      </Group>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.table.noRows}
        </Text>
      ) : (
        <WideTable width={320} className={classes.table}>
          <Table.Thead>
            <Table.Tr>
              {table.columns.map((each) => (
                <Heading key={each.key} column={each} n={common.get(each.key)} order={order} onOrder={setOrder} />
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.slice(0, shown).map((row, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no key of their own
              <Table.Tr key={place}>
                {table.columns.map((each) => (
                  <Table.Td key={each.key} className={isText(each) ? undefined : classes.number}>
                    <Cell column={each} row={row} isSameN={common.get(each.key) !== undefined} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </WideTable>
      )}
      {rows.length > shown && (
        <Group>
          <Button variant="default" size="xs" onClick={() => setShown(shown * 4)}>
            {words.table.more(format.count(Math.min(rows.length - shown, shown * 3)))}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

interface HeadingProps<Row> {
  readonly column: Column<Row>;
  /** Of how many all numbers of the column are, where that is the same. */
  readonly n: Common | undefined;
  readonly order: Order | undefined;
  readonly onOrder: (order: Order | undefined) => void;
}

function Heading<Row>({ column, n, order, onOrder }: HeadingProps<Row>) {
  const words = useWords(journeysWords);
  const own = order?.key === column.key ? order : undefined;
  const text = words.columns[column.key];
  const next = own === undefined ? !isText(column) : own.descending === !isText(column) ? isText(column) : undefined;
  return (
    <Table.Th
      className={isText(column) ? undefined : classes.number}
      aria-sort={own === undefined ? "none" : own.descending ? "descending" : "ascending"}
    >
      <UnstyledButton
        className={classes.heading}
        title={words.table.sort(text)}
        onClick={() => onOrder(next === undefined ? undefined : { key: column.key, descending: next })}
      >
        {text}
        {own !== undefined && (own.descending ? <IconArrowDown size={13} /> : <IconArrowUp size={13} />)}
      </UnstyledButton>
      {n !== undefined && (
        <span className={classes.n}>
          <Size n={n.n} behind={n.behind} />
        </span>
      )}
    </Table.Th>
  );
}

/** The n that all numbers of a column have, and the journeys behind it. */
interface Common {
  readonly n: number;
  readonly behind: string | undefined;
}

function commonN<Row>(rows: readonly Row[], column: Column<Row>): Common | undefined {
  const [first] = rows;
  const n = first === undefined ? undefined : column.n?.(first);
  if (first === undefined || n === undefined || n === null || rows.length < 2) return undefined;
  const behind = column.behindN?.(first);
  const isSame = rows.every((row) => column.n?.(row) === n && column.behindN?.(row) === behind);
  return isSame ? { n, behind } : undefined;
}

function isText<Row>(column: Column<Row>): boolean {
  return ["name", "word", "path", "sure", "day"].includes(column.kind);
}
