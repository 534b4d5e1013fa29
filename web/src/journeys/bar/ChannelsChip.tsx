import { Button, Checkbox, Group, ScrollArea, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { VocabularyNames } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { useWords } from "../../base/words";
import { journeysWords } from "../journeysWords";
import type { ChannelUse } from "../questions";
import { Chip } from "./Chip";

const SEARCHED_FROM = 10;

interface ChannelsChipProps {
  readonly names: VocabularyNames;
  readonly channels: readonly string[];
  readonly use: ChannelUse;
  /** What is said where no channel is chosen. */
  readonly none?: string;
  readonly onChannels: (channels: readonly string[]) => void;
}

/** One channel or several; where they say nothing to the question, why. */
export function ChannelsChip({ names, channels, use, none, onChannels }: ChannelsChipProps) {
  const words = useWords(journeysWords);
  const isUnused = use === "unused";
  const chosen = channels.length === 0 ? (none ?? words.bar.allChannels) : channels.join(", ");
  return (
    <Chip
      label={words.bar.channels}
      value={isUnused ? words.bar.channelsUnused : chosen}
      isSet={channels.length > 0}
      isMuted={isUnused}
      clear={{ label: `${words.bar.channels}: ${words.bar.clear}`, onClear: () => onChannels([]) }}
    >
      {(close) => (
        <Stack gap="sm">
          <Text size="xs" c="dimmed">
            {words.bar.channelsHelp[use]}
          </Text>
          {!isUnused && (
            <Choices
              names={names}
              channels={channels}
              onDone={(next) => {
                onChannels(next);
                close();
              }}
            />
          )}
        </Stack>
      )}
    </Chip>
  );
}

interface ChoicesProps {
  readonly names: VocabularyNames;
  readonly channels: readonly string[];
  readonly onDone: (channels: readonly string[]) => void;
}

function Choices({ names, channels, onDone }: ChoicesProps) {
  const words = useWords(journeysWords);
  const format = useFormat();
  const [chosen, setChosen] = useState<string[]>([...channels]);
  const [sought, setSought] = useState("");
  const counted = (customers: number | null) => (customers === null ? "–" : format.count(customers));
  const counts = new Map(names.channels.map((each) => [each.name, each.customers]));
  const known = [...new Set([...names.channels.map((each) => each.name), ...channels])];
  const shown = known.filter((each) => each.toLowerCase().includes(sought.trim().toLowerCase()));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onDone(known.filter((each) => chosen.includes(each)));
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {known.length >= SEARCHED_FROM && (
          <TextInput
            size="xs"
            aria-label={words.bar.findChannel}
            placeholder={words.bar.findChannel}
            value={sought}
            onChange={(event) => setSought(event.currentTarget.value)}
          />
        )}
        <ScrollArea.Autosize mah={280} type="auto">
          <Checkbox.Group value={chosen} onChange={setChosen} aria-label={words.bar.channels}>
            <Stack gap={8} p={2}>
              {shown.map((name) => (
                <Checkbox
                  key={name}
                  size="xs"
                  value={name}
                  label={
                    <>
                      {name}{" "}
                      {counts.has(name) && (
                        <Text span size="xs" c="dimmed" className="numbers">
                          {words.bar.channelCustomers(counted(counts.get(name) ?? null))}
                        </Text>
                      )}
                    </>
                  }
                />
              ))}
            </Stack>
          </Checkbox.Group>
        </ScrollArea.Autosize>
        <Group justify="flex-end">
          <Button size="xs" type="submit">
            {words.bar.apply}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
