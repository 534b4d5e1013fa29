import { Group, Table, Text, Title } from "@mantine/core";
import { useFormat } from "../base/format";
import { Asked } from "../base/states/Asked";
import { useWords } from "../base/words";
import { useImports } from "./asking";
import { sourcesWords } from "./sourcesWords";

/** What became of the newest files. */
export function ImportsTable() {
  const words = useWords(sourcesWords);
  const format = useFormat();
  return (
    <Asked query={useImports()} lines={5}>
      {({ imports, total }) => (
        <section>
          <Group justify="space-between" mb={8}>
            <Title order={2} size="h5">
              {words.imports}
            </Title>
            <Text size="xs" c="dimmed">
              {words.importsOf(format.count(imports.length), format.count(total))}
            </Text>
          </Group>
          <Table.ScrollContainer minWidth={720}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{words.file}</Table.Th>
                  <Table.Th>{words.source}</Table.Th>
                  <Table.Th>{words.at}</Table.Th>
                  <Table.Th ta="right">{words.read}</Table.Th>
                  <Table.Th ta="right">{words.stored}</Table.Th>
                  <Table.Th ta="right">{words.duplicates}</Table.Th>
                  <Table.Th ta="right">{words.unusable}</Table.Th>
                  <Table.Th ta="right">{words.replaced}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {imports.map((each) => (
                  <Table.Tr key={`${each.batch}-${each.file}-${each.source}`}>
                    <Table.Td>{each.file}</Table.Td>
                    <Table.Td>{each.source}</Table.Td>
                    <Table.Td>{format.moment(each.imported_at)}</Table.Td>
                    {[each.read, each.stored, each.duplicates, each.quarantined, each.replaced].map((value, place) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change their places
                      <Table.Td key={place} ta="right">
                        {format.count(value)}
                      </Table.Td>
                    ))}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </section>
      )}
    </Asked>
  );
}
