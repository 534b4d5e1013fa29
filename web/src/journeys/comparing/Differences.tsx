import { Button, Group, Table, Text } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import type { DifferenceAnswer } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { useWords } from "../../base/words";
import { journeysWords } from "../journeysWords";
import { DifferenceBar } from "./DifferenceBar";
import classes from "./Differences.module.css";
import { isShare, useDifferenceText } from "./writing";

const FIRST = 30;

/** The numbers of two groups with their difference, its interval, and whether it is more than chance. */
export function Differences({ rows }: { readonly rows: readonly DifferenceAnswer[] }) {
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
      <Table.ScrollContainer minWidth={320} type="native">
        <Table className={classes.table}>
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
                <Table.Td className={classes.number}>
                  {write.value(row, row.before)}
                  <span className={classes.beside}>n = {format.count(row.n_before)}</span>
                </Table.Td>
                <Table.Td className={classes.number}>
                  {write.value(row, row.after)}
                  <span className={classes.beside}>n = {format.count(row.n_after)}</span>
                </Table.Td>
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
                      {row.kind === "count" ? "–" : words.table.unsure}
                    </Text>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
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
