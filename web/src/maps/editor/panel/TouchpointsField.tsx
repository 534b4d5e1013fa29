import { ActionIcon, Autocomplete, Group, Select, Stack, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import type { EntryView } from "../model/cells";
import { addTouchpoint } from "../model/commands/channels";
import { remove } from "../model/commands/remove";
import { setField } from "../model/commands/setField";
import { useCell } from "../reading";
import { useCatalogue } from "./asking";
import { Said } from "./Said";

/** Where the contact happens at a step, and how. */
export function TouchpointsField({ lane, step }: { readonly lane: string; readonly step: string }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const { touchpoints } = useCell(lane, step);
  const catalogue = useCatalogue();
  const [draft, setDraft] = useState("");
  const add = (name: string): void => {
    if (name.trim() === "") return;
    const channel = catalogue?.touchpoints.find((each) => each.name === name)?.channels[0];
    addTouchpoint(editing, lane, step, { name: name.trim(), ...(channel !== undefined && { channel }) });
    setDraft("");
  };
  return (
    <Stack gap={6} role="group" aria-label={words.touchpoints}>
      <Text size="xs" fw={500}>
        {words.touchpoints}
      </Text>
      {touchpoints.map((each) => (
        <TouchpointLine key={each.id} touchpoint={each} />
      ))}
      {mayWrite && (
        <Autocomplete
          size="xs"
          aria-label={words.addTouchpoint}
          placeholder={words.addTouchpoint}
          data={[...new Set(catalogue?.touchpoints.map((each) => each.name) ?? [])]}
          limit={40}
          value={draft}
          onChange={setDraft}
          onOptionSubmit={(name) => {
            add(name);
            setTimeout(() => setDraft(""));
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter" && draft !== "") add(draft);
          }}
        />
      )}
    </Stack>
  );
}

function TouchpointLine({ touchpoint }: { readonly touchpoint: EntryView }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const catalogue = useCatalogue();
  const name = String(touchpoint.fields.name ?? "");
  const channel = typeof touchpoint.fields.channel === "string" ? touchpoint.fields.channel : null;
  const channels = catalogue?.channels.map((each) => ({ value: each.channel, label: each.name })) ?? [];
  const data =
    channel === null || channels.some((each) => each.value === channel)
      ? channels
      : [...channels, { value: channel, label: channel }];
  return (
    <Group gap={4} wrap="nowrap">
      <div style={{ flex: 3 }}>
        <Said
          label={words.touchpoint}
          isHidden
          value={name}
          onSay={(text) => text.trim() !== "" && setField(editing, "touchpoints", touchpoint.id, "name", text)}
        />
      </div>
      <Select
        style={{ flex: 2 }}
        size="xs"
        aria-label={`${words.channel}: ${name}`}
        placeholder={words.channel}
        clearable
        searchable
        readOnly={!mayWrite}
        data={data}
        value={channel}
        onChange={(value) => setField(editing, "touchpoints", touchpoint.id, "channel", value ?? undefined)}
        comboboxProps={{ width: 200, position: "bottom-end" }}
      />
      {mayWrite && (
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={`${words.remove}: ${name}`}
          onClick={() => remove(editing, "touchpoints", touchpoint.id)}
        >
          <IconTrash size={14} />
        </ActionIcon>
      )}
    </Group>
  );
}
