import { Table, Text, Title } from "@mantine/core";
import type { SampleInteraction } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { WideTable } from "../base/WideTable";
import { useWords } from "../base/words";
import { sourcesWords } from "./sourcesWords";

/** The first interactions as they would be stored. */
export function SampleInteractions({ interactions }: { readonly interactions: readonly SampleInteraction[] }) {
  const words = useWords(sourcesWords);
  const format = useFormat();
  return (
    <section>
      <Title order={4} size="h6" mb={6}>
        {words.sampleTitle(format.count(interactions.length))}
      </Title>
      <WideTable width={760}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.when}</Table.Th>
            <Table.Th>{words.what}</Table.Th>
            <Table.Th>{words.channel}</Table.Th>
            <Table.Th>{words.who}</Table.Th>
            <Table.Th>{words.rest}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {interactions.map((each, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a sample is shown as it came and never changes
            <Table.Tr key={place}>
              <Table.Td style={{ whiteSpace: "nowrap" }}>{format.moment(each.occurred_at)}</Table.Td>
              <Table.Td miw={150}>{each.touchpoint}</Table.Td>
              <Table.Td>{each.channel}</Table.Td>
              <Table.Td miw={160} maw={240} style={{ overflowWrap: "anywhere" }}>
                {each.seen_under}
              </Table.Td>
              <Table.Td>
                <Text size="xs" c="dimmed" lineClamp={2} style={{ overflowWrap: "anywhere" }}>
                  {Object.entries(each.rest)
                    .map(([name, value]) => `${words.fieldNames[name] ?? name.replace(/^attributes\./, "")}: ${value}`)
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
