import { Group, Pill } from "@mantine/core";
import type { ChannelEntry, TouchpointEntry } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { sourcesWords } from "./sourcesWords";
import { apart, type Draft, type Kind } from "./taxonomy";

interface AlsoNamedProps {
  readonly entry: TouchpointEntry | ChannelEntry;
  readonly kind: Kind;
  readonly draft: Draft;
  readonly mayChange: boolean;
  readonly onChange: (draft: Draft) => void;
}

/** The raw names that count as one, each to be taken apart again. */
export function AlsoNamed({ entry, kind, draft, mayChange, onChange }: AlsoNamedProps) {
  const words = useWords(sourcesWords);
  const format = useFormat();
  return (
    <Group gap={4}>
      {entry.names.map((raw) => (
        <Pill
          key={raw.name}
          size="sm"
          withRemoveButton={mayChange}
          removeButtonProps={{ "aria-label": words.apart(raw.name), "aria-hidden": false, tabIndex: 0 }}
          onRemove={() => onChange(apart(draft, kind, entry.name, raw.name))}
        >
          {raw.name} {format.count(raw.interactions)}
        </Pill>
      ))}
    </Group>
  );
}
