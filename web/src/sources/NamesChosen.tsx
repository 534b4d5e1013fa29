import { Button, Group, Modal, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { baseWords } from "../base/baseWords";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { sourcesWords } from "./sourcesWords";
import { type Draft, join, type Kind, set } from "./taxonomy";

interface NamesChosenProps {
  readonly kind: Kind;
  readonly chosen: readonly string[];
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
  readonly onDone: () => void;
}

/** What can be done with several names: joined under one, or put into a stage. */
export function NamesChosen({ kind, chosen, draft, onChange, onDone }: NamesChosenProps) {
  const words = useWords(sourcesWords);
  const base = useWords(baseWords);
  const format = useFormat();
  const [as, setAs] = useState<string>();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (as === undefined || as.trim() === "") return;
    onChange(join(draft, kind, chosen, as.trim()));
    setAs(undefined);
    onDone();
  }

  return (
    <Group gap="xs">
      <Text size="sm" role="status">
        {words.chosen(format.count(chosen.length))}
      </Text>
      {kind === "touchpoints" && draft.stages.length > 0 && (
        <NativeSelect
          size="xs"
          aria-label={words.setStage}
          value=""
          data={[{ value: "", label: words.setStage }, ...draft.stages.map((each) => ({ value: each, label: each }))]}
          onChange={(event) => {
            onChange(set(draft, chosen, "stage", event.currentTarget.value));
            onDone();
          }}
        />
      )}
      <Button
        size="xs"
        variant="default"
        disabled={chosen.length < 2}
        aria-haspopup="dialog"
        onClick={() => setAs(chosen[0])}
      >
        {words.join}
      </Button>
      <Modal
        opened={as !== undefined}
        onClose={() => setAs(undefined)}
        title={words.joinTitle}
        closeButtonProps={{ "aria-label": base.close }}
      >
        <form onSubmit={submit}>
          <Stack gap="md">
            <TextInput
              label={words.joinAs}
              value={as ?? ""}
              onChange={(event) => setAs(event.currentTarget.value)}
              data-autofocus
            />
            <Group gap={6}>
              {chosen.map((name) => (
                <Button key={name} size="compact-xs" variant="default" onClick={() => setAs(name)}>
                  {name}
                </Button>
              ))}
            </Group>
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setAs(undefined)}>
                {base.cancel}
              </Button>
              <Button type="submit">{words.join}</Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </Group>
  );
}
