import { Table, Text } from "@mantine/core";
import type { SourceAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { WideTable } from "../base/WideTable";
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
    <WideTable width={860}>
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
    </WideTable>
  );
}

function Row({ source, onOpen }: { readonly source: SourceAnswer; readonly onOpen: SourcesTableProps["onOpen"] }) {
  const words = useWords(sourcesWords);
  const format = useFormat();
  const of = (part: number, whole: number | null) => (whole ? format.share(part / whole) : "–");
  const { grouped } = source;
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
      <Table.Td ta="right">
        {of(source.duplicates, grouped ? source.stored + source.duplicates : source.read)}
        {grouped && <Unit>{words.ofRecords}</Unit>}
      </Table.Td>
      <Table.Td ta="right">
        {of(source.quarantined, grouped ? source.rows : source.read)}
        {grouped && <Unit>{words.ofRows(source.rows === null ? undefined : format.count(source.rows))}</Unit>}
        {source.waiting > 0 && <Unit>{words.waiting(format.count(source.waiting))}</Unit>}
      </Table.Td>
    </Table.Tr>
  );
}

function Unit({ children }: { readonly children: string }) {
  return (
    <Text size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
      {children}
    </Text>
  );
}
