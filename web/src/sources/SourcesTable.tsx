import { Table, Text } from "@mantine/core";
import type { SourceAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { Freshness } from "./Freshness";
import { QuietLink } from "./QuietLink";
import { Sparkline } from "./Sparkline";
import { sourcesWords } from "./sourcesWords";

interface SourcesTableProps {
  readonly sources: readonly SourceAnswer[];
  readonly onOpen: (source: SourceAnswer) => void;
}

/** All sources, a line each; a name opens the details. */
export function SourcesTable({ sources, onOpen }: SourcesTableProps) {
  const words = useWords(sourcesWords);
  return (
    <Table.ScrollContainer minWidth={860}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.source}</Table.Th>
            <Table.Th ta="right">{words.interactions}</Table.Th>
            <Table.Th>{words.lastDays}</Table.Th>
            <Table.Th>{words.newest}</Table.Th>
            <Table.Th>{words.lastImport}</Table.Th>
            <Table.Th ta="right">{words.known}</Table.Th>
            <Table.Th ta="right">{words.duplicates}</Table.Th>
            <Table.Th ta="right">{words.unusable}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sources.map((each) => (
            <Row key={each.source} source={each} onOpen={onOpen} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Row({ source, onOpen }: { readonly source: SourceAnswer; readonly onOpen: SourcesTableProps["onOpen"] }) {
  const words = useWords(sourcesWords);
  const format = useFormat();
  const of = (part: number, whole: number) => (whole === 0 ? "–" : format.share(part / whole));
  return (
    <Table.Tr>
      <Table.Td>
        <QuietLink onClick={() => onOpen(source)}>{source.source}</QuietLink>
      </Table.Td>
      <Table.Td ta="right">{format.count(source.interactions)}</Table.Td>
      <Table.Td>
        <Sparkline days={source.days} />
      </Table.Td>
      <Table.Td>
        {source.last == null ? "–" : format.day(source.last)}
        <Text size="xs" c="dimmed">
          {words.usual(source.usual)}
        </Text>
      </Table.Td>
      <Table.Td>
        <Freshness source={source} />
      </Table.Td>
      <Table.Td ta="right">{of(source.with_customer, source.interactions)}</Table.Td>
      <Table.Td ta="right">{of(source.duplicates, source.read)}</Table.Td>
      <Table.Td ta="right">
        {of(source.quarantined, source.read)}
        {source.waiting > 0 && (
          <Text size="xs" c="dimmed">
            {words.waiting(format.count(source.waiting))}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
