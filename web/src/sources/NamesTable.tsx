import { Checkbox, Group, Stack, Table, TextInput, VisuallyHidden } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import type { ChannelEntry, TouchpointEntry } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { WideTable } from "../base/WideTable";
import { useWords } from "../base/words";
import { AlsoNamed } from "./AlsoNamed";
import { InlineName } from "./InlineName";
import { NamesChosen } from "./NamesChosen";
import { StageAndChannel } from "./StageAndChannel";
import { sourcesWords } from "./sourcesWords";
import { type Draft, type Kind, rename } from "./taxonomy";

interface NamesTableProps {
  readonly kind: Kind;
  readonly draft: Draft;
  readonly mayChange: boolean;
  readonly onChange: (draft: Draft) => void;
}

/** Every touchpoint or channel, with what counts as it; several can be chosen and joined. */
export function NamesTable({ kind, draft, mayChange, onChange }: NamesTableProps) {
  const words = useWords(sourcesWords);
  const [wanted, setWanted] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const there = chosen.filter((name) => draft[kind].some((each) => each.name === name));
  const entries: readonly (TouchpointEntry | ChannelEntry)[] = draft[kind];
  const shown = entries.filter((each) => matches(each, wanted));
  return (
    <Stack gap="sm">
      <Group justify="space-between" mih={36}>
        <TextInput
          size="xs"
          type="search"
          aria-label={words.find}
          placeholder={words.find}
          leftSection={<IconSearch size={14} />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
        {there.length > 0 && (
          <NamesChosen kind={kind} chosen={there} draft={draft} onChange={onChange} onDone={() => setChosen([])} />
        )}
      </Group>
      <WideTable width={kind === "touchpoints" ? 800 : 480} verticalSpacing={3}>
        <Table.Thead>
          <Table.Tr>
            {mayChange && (
              <Table.Th w={36}>
                <VisuallyHidden>{words.selectColumn}</VisuallyHidden>
              </Table.Th>
            )}
            <Table.Th>{kind === "touchpoints" ? words.touchpoint : words.channel}</Table.Th>
            <Table.Th ta="right">{words.interactions}</Table.Th>
            {kind === "touchpoints" && <Table.Th w={170}>{words.stage}</Table.Th>}
            {kind === "touchpoints" && <Table.Th w={170}>{words.channel}</Table.Th>}
            <Table.Th>{words.alsoNamed}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((each) => (
            <Row
              key={each.name}
              entry={each}
              kind={kind}
              draft={draft}
              mayChange={mayChange}
              onChange={onChange}
              chosen={there.includes(each.name)}
              onChoose={(on) => setChosen(on ? [...there, each.name] : there.filter((name) => name !== each.name))}
            />
          ))}
        </Table.Tbody>
      </WideTable>
    </Stack>
  );
}

interface RowProps extends NamesTableProps {
  readonly entry: TouchpointEntry | ChannelEntry;
  readonly chosen: boolean;
  readonly onChoose: (on: boolean) => void;
}

function Row({ entry, kind, draft, mayChange, onChange, chosen, onChoose }: RowProps) {
  const words = useWords(sourcesWords);
  const format = useFormat();
  return (
    <Table.Tr>
      {mayChange && (
        <Table.Td>
          <Checkbox
            size="xs"
            aria-label={words.select(entry.name)}
            checked={chosen}
            onChange={(event) => onChoose(event.currentTarget.checked)}
          />
        </Table.Td>
      )}
      <Table.Td>
        {mayChange ? (
          <InlineName
            name={entry.name}
            label={words.renameOf(entry.name)}
            onRename={(to) => onChange(rename(draft, kind, entry.name, to))}
          />
        ) : (
          entry.name
        )}
      </Table.Td>
      <Table.Td ta="right">{format.count(entry.interactions)}</Table.Td>
      {"stage" in entry && <StageAndChannel entry={entry} draft={draft} mayChange={mayChange} onChange={onChange} />}
      <Table.Td>
        <AlsoNamed entry={entry} kind={kind} draft={draft} mayChange={mayChange} onChange={onChange} />
      </Table.Td>
    </Table.Tr>
  );
}

function matches(entry: TouchpointEntry | ChannelEntry, wanted: string): boolean {
  const text = wanted.trim().toLowerCase();
  return [entry.name, ...entry.names.map((raw) => raw.name)].some((name) => name.toLowerCase().includes(text));
}
