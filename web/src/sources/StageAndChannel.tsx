import { NativeSelect, Table } from "@mantine/core";
import type { TouchpointEntry } from "../base/api/schema.gen";
import { useWords } from "../base/words";
import classes from "./StageAndChannel.module.css";
import { sourcesWords } from "./sourcesWords";
import { type Draft, set } from "./taxonomy";

interface StageAndChannelProps {
  readonly entry: TouchpointEntry;
  readonly draft: Draft;
  readonly mayChange: boolean;
  readonly onChange: (draft: Draft) => void;
}

/** Two cells: the stage of a touchpoint, and the channel that it always counts as. */
export function StageAndChannel({ entry, draft, mayChange, onChange }: StageAndChannelProps) {
  const words = useWords(sourcesWords);
  const channels = [
    ...new Set([...draft.channels.map((each) => each.name), ...(entry.channel ? [entry.channel] : [])]),
  ];
  const cells = [
    ["stage", words.stage, words.noStage, draft.stages, entry.stage],
    ["channel", words.channel, words.ownChannel, channels, entry.channel],
  ] as const;
  return cells.map(([part, label, none, options, value]) => (
    <Table.Td key={part}>
      {mayChange ? (
        <NativeSelect
          size="xs"
          variant="unstyled"
          className={classes.select}
          aria-label={`${label}: ${entry.name}`}
          value={value ?? ""}
          data={[{ value: "", label: none }, ...options.map((each) => ({ value: each, label: each }))]}
          onChange={(event) => onChange(set(draft, [entry.name], part, event.currentTarget.value || null))}
        />
      ) : (
        (value ?? none)
      )}
    </Table.Td>
  ));
}
