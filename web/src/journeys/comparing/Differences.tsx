import { Button, Group, Table, Text } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import type { ComparedNumber } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { WideTable } from "../../base/WideTable";
import { useWords } from "../../base/words";
import { journeysWords } from "../journeysWords";
import { Opens, Size } from "../tables/Cell";
import { DifferenceBar } from "./DifferenceBar";
import classes from "./Differences.module.css";
import type { OpenedIn, Side } from "./opening";
import { isShare, useDifferenceText } from "./writing";

const FIRST = 30;

interface DifferencesProps {
  readonly rows: readonly ComparedNumber[];
  readonly opened: OpenedIn;
}

/** The numbers of two groups with their difference, its interval, and whether it is more than chance. */
export function Differences({ rows, opened }: DifferencesProps) {
  const words = useWords(journeysWords);
  const format = useFormat();
  const [shown, setShown] = useState(FIRST);
  const write = useDifferenceText();
  const widest = Math.max(
    0.001,
    ...rows.filter(isShare).map((each) => Math.max(Math.abs(each.low ?? 0), Math.abs(each.high ?? 0))),
  );
  if (rows.length === 0) return <Text c="dimmed">{words.table.noRows}</Text>;
  return (
    <>
      <WideTable width={320} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.columns.name}</Table.Th>
            <Table.Th className={classes.number}>{words.columns.first_group}</Table.Th>
            <Table.Th className={classes.number}>{words.columns.second_group}</Table.Th>
            <Table.Th className={classes.number}>{words.columns.difference}</Table.Th>
            <Table.Th aria-hidden className={classes.picture} />
            <Table.Th title={words.table.sureHelp}>{words.columns.sure}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.slice(0, shown).map((row) => (
            <Table.Tr key={row.name}>
              <Table.Td className={classes.name}>{row.name}</Table.Td>
              <Compared row={row} side={0} opened={opened} />
              <Compared row={row} side={1} opened={opened} />
              <Table.Td className={classes.number}>
                {write.difference(row)}
                <span className={classes.beside}>{write.interval(row)}</span>
              </Table.Td>
              <Table.Td className={classes.picture}>
                {isShare(row) && <DifferenceBar row={row} widest={widest} />}
              </Table.Td>
              <Table.Td className={classes.sure}>
                {row.is_sure ? (
                  <Group gap={3} wrap="nowrap">
                    <IconCheck size={14} aria-hidden />
                    {words.table.sure}
                  </Group>
                ) : (
                  <Text span size="sm" c="dimmed">
                    {row.kind === "count" ? "–" : (words.table.untested[row.untested ?? ""] ?? words.table.unsure)}
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </WideTable>
      {rows.length > shown && (
        <Group>
          <Button size="xs" variant="default" onClick={() => setShown(shown * 4)}>
            {words.table.more(format.count(Math.min(rows.length - shown, shown * 3)))}
          </Button>
        </Group>
      )}
    </>
  );
}

interface ComparedProps {
  readonly row: ComparedNumber;
  readonly side: Side;
  readonly opened: OpenedIn;
}

/** The number in one of the groups with its n; both open the journeys of that group. */
function Compared({ row, side, opened }: ComparedProps) {
  const write = useDifferenceText();
  const [value, n] = side === 0 ? [row.before, row.n_before] : [row.after, row.n_after];
  const behind = value === 0 || value === null ? undefined : opened(row.behind, side);
  const shown = write.value(row, value);
  return (
    <Table.Td className={classes.number}>
      {behind === undefined ? shown : <Opens behind={behind}>{shown}</Opens>}
      <span className={classes.beside}>
        <Size n={n} behind={opened(row.behind_n, side)} />
      </span>
    </Table.Td>
  );
}
