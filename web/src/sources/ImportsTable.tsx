import { Group, Table, Text, Title } from "@mantine/core";
import type { FileImported } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Asked } from "../base/states/Asked";
import { WideTable } from "../base/WideTable";
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
          <WideTable width={720}>
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
                  <Counts file={each} />
                </Table.Tr>
              ))}
            </Table.Tbody>
          </WideTable>
        </section>
      )}
    </Asked>
  );
}

/** What became of a file; where several rows make one record it is said what is counted in rows. */
function Counts({ file }: { readonly file: FileImported }) {
  const words = useWords(sourcesWords);
  const { count } = useFormat();
  const isGrouped = file.rows !== null && file.rows !== file.read;
  const rows = (value: number) => (isGrouped ? words.inRows(count(value)) : count(value));
  const cells = [
    rows(file.rows ?? file.read),
    count(file.stored),
    count(file.duplicates),
    rows(file.quarantined),
    count(file.replaced),
  ];
  return cells.map((text, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the columns never change their places
    <Table.Td key={place} ta="right">
      {text}
    </Table.Td>
  ));
}
