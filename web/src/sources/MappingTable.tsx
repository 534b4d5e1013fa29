import { Pill, Select, Table, Text } from "@mantine/core";
import type { MappingWords, Recognised, SampleColumn } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Asked } from "../base/states/Asked";
import { WideTable } from "../base/WideTable";
import { useWords } from "../base/words";
import { useMappingWords } from "./asking";
import { assign, type MappingDocument, NEEDED, type Use, usagesOf, withoutUse } from "./mapping";
import { sourcesWords } from "./sourcesWords";
import type { SourcesWords } from "./words.en";

interface MappingTableProps {
  readonly recognised: Recognised;
  readonly document: MappingDocument;
  readonly onChange: (document: MappingDocument) => void;
}

/** Every column of the file with samples, and what it means. */
export function MappingTable({ recognised, document, onChange }: MappingTableProps) {
  const words = useWords(sourcesWords);
  return (
    <Asked query={useMappingWords()} lines={6}>
      {(known) => (
        <WideTable width={300} verticalSpacing={5}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.column}</Table.Th>
              <Table.Th visibleFrom="sm">{words.samples}</Table.Th>
              <Table.Th ta="right" visibleFrom="sm">
                {words.filled}
              </Table.Th>
              <Table.Th w={{ base: "52%", sm: 250 }}>{words.field}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {recognised.columns.map((column) => (
              <Row
                key={column.name}
                column={column}
                sampled={recognised.sampled}
                known={known}
                uses={usagesOf(document, column.name)}
                onUse={(use) => onChange(assign(document, column.name, use))}
                onDrop={(use) => onChange(withoutUse(document, column.name, use))}
              />
            ))}
          </Table.Tbody>
        </WideTable>
      )}
    </Asked>
  );
}

interface RowProps {
  readonly column: SampleColumn;
  readonly sampled: number;
  readonly known: MappingWords;
  readonly uses: readonly Use[];
  readonly onUse: (use: Use) => void;
  readonly onDrop: (use: Use) => void;
}

function Row({ column, sampled, known, uses, onUse, onDrop }: RowProps) {
  const words = useWords(sourcesWords);
  const format = useFormat();
  const used = uses[0] ?? { kind: "none" };
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={used.kind === "none" ? 400 : 550} style={{ overflowWrap: "anywhere" }}>
          {column.name}
        </Text>
        <Text size="xs" c="dimmed" lineClamp={1} hiddenFrom="sm" style={{ overflowWrap: "anywhere" }}>
          {column.examples.join(" · ")}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Text size="xs" c="dimmed" lineClamp={2} style={{ overflowWrap: "anywhere" }}>
          {column.examples.join(" · ")}
        </Text>
      </Table.Td>
      <Table.Td ta="right" visibleFrom="sm">
        <Text size="xs">{format.share(sampled === 0 ? null : column.filled / sampled)}</Text>
      </Table.Td>
      <Table.Td>
        {used.kind === "part" ? (
          <Text size="xs">{nameOfUse(used, words)}</Text>
        ) : (
          <Select
            size="xs"
            aria-label={words.fieldOf(column.name)}
            searchable
            allowDeselect={false}
            data={options(known, used, words)}
            value={codeOf(used)}
            onChange={(code) => code !== null && onUse(usageOfCode(code))}
            comboboxProps={{ width: 280, position: "bottom-end" }}
          />
        )}
        {uses.slice(1).map((use) => (
          <Pill
            key={nameOfUse(use, words)}
            size="xs"
            mt={3}
            withRemoveButton={use.kind !== "part"}
            removeButtonProps={{
              "aria-label": words.notAlso(nameOfUse(use, words)),
              "aria-hidden": false,
              tabIndex: 0,
            }}
            onRemove={() => onDrop(use)}
          >
            {words.also(nameOfUse(use, words))}
          </Pill>
        ))}
      </Table.Td>
    </Table.Tr>
  );
}

function nameOfUse(use: Use, words: SourcesWords): string {
  if (use.kind === "identifier") return words.identifierOf(use.type);
  if (use.kind === "field") return words.fieldNames[use.name] ?? use.name;
  if (use.kind === "part") return words.partOf(words.fieldNames[use.name] ?? use.name, use.how);
  return use.kind === "attribute" ? words.attribute : words.notUsed;
}

function options(known: MappingWords, used: Use, words: SourcesWords) {
  const needed = new Set<string>(NEEDED);
  const field = (name: string) => ({ value: `field:${name}`, label: words.fieldNames[name] ?? name });
  const types = known.identifier_types.map((each) => each.name);
  const own = used.kind === "identifier" && !types.includes(used.type) ? [used.type] : [];
  return [
    { value: "none", label: words.notUsed },
    { group: words.groups.must, items: NEEDED.map(field) },
    {
      group: words.groups.who,
      items: [...types, ...own].map((type) => ({ value: `identifier:${type}`, label: words.identifierOf(type) })),
    },
    {
      group: words.groups.more,
      items: known.fields.filter((each) => !needed.has(each.name)).map((each) => field(each.name)),
    },
    { group: words.groups.rest, items: [{ value: "attribute", label: words.attribute }] },
  ];
}

function codeOf(use: Use): string {
  if (use.kind === "field") return `field:${use.name}`;
  return use.kind === "identifier" ? `identifier:${use.type}` : use.kind;
}

function usageOfCode(code: string): Use {
  const [kind, name = ""] = code.split(":");
  if (kind === "field") return { kind: "field", name };
  if (kind === "identifier") return { kind: "identifier", type: name };
  return kind === "attribute" ? { kind: "attribute" } : { kind: "none" };
}
