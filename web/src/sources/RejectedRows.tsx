import { Table, Text, Title } from "@mantine/core";
import type { RejectedRow } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { WideTable } from "../base/WideTable";
import { useWords } from "../base/words";
import { sourcesWords } from "./sourcesWords";

/** The first rows that cannot be used, and why. */
export function RejectedRows({
  rejected,
  whole,
}: {
  readonly rejected: readonly RejectedRow[];
  readonly whole: number;
}) {
  const words = useWords(sourcesWords);
  const format = useFormat();
  return (
    <section>
      <Title order={4} size="h6">
        {words.rejectedTitle(format.count(rejected.length), format.count(whole))}
      </Title>
      <Text size="sm" c="dimmed" mb={6}>
        {words.rejectedHint}
      </Text>
      <WideTable width={640}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th ta="right">{words.row}</Table.Th>
            <Table.Th w="30%">{words.problem}</Table.Th>
            <Table.Th>{words.record}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rejected.map((each) => (
            <Table.Tr key={each.row}>
              <Table.Td ta="right">{format.count(each.row)}</Table.Td>
              <Table.Td>
                {each.field}: {each.message}
              </Table.Td>
              <Table.Td>
                <Text size="xs" c="dimmed" lineClamp={2} style={{ overflowWrap: "anywhere" }}>
                  {Object.entries(each.record)
                    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
                    .join(" · ")}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </WideTable>
    </section>
  );
}
