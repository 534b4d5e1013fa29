import { Button, Drawer, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { baseWords } from "../base/baseWords";
import { byEscape } from "../base/byEscape";
import { useMay } from "../base/me";
import { Failed } from "../base/states/Failed";
import { useTellUnsaved, useUnsaved } from "../base/unsaved/useUnsaved";
import { useWords } from "../base/words";
import { improveWords } from "./improveWords";
import { useAddOpportunity, useChoices } from "./making";
import { ToMaps } from "./ToMaps";

interface NewOpportunityProps {
  /** Told its id when it is made. */
  readonly onMade: (id: string) => void;
  /** Something else is to be made first on this page. */
  readonly isSecond?: boolean;
}

/** A button that opens the form for a new opportunity; for those who may draw. */
export function NewOpportunity({ onMade, isSecond = false }: NewOpportunityProps) {
  const words = useWords(improveWords);
  const base = useWords(baseWords);
  const may = useMay("draw");
  const [isOpen, setOpen] = useState(false);
  const [isUnsaved, setUnsaved] = useState(false);
  const { ask, guard } = useUnsaved(isUnsaved);
  const close = (): void => ask(() => setOpen(false));
  if (!may) return null;
  const made = (id: string) => {
    setOpen(false);
    onMade(id);
  };
  return (
    <>
      <Button
        size="xs"
        variant={isSecond ? "default" : "filled"}
        leftSection={<IconPlus size={14} />}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {words.newOpportunity}
      </Button>
      <Drawer
        closeOnEscape={false}
        onKeyDown={byEscape(close)}
        opened={isOpen}
        onClose={close}
        size="sm"
        closeButtonProps={{ "aria-label": base.close }}
        title={<Text fw={620}>{words.newOpportunity}</Text>}
      >
        {isOpen && <Form onMade={made} onClose={() => setOpen(false)} onUnsaved={setUnsaved} />}
        {guard}
      </Drawer>
    </>
  );
}

interface FormProps {
  readonly onMade: (id: string) => void;
  readonly onClose: () => void;
  readonly onUnsaved: (isUnsaved: boolean) => void;
}

function Form({ onMade, onClose, onUnsaved }: FormProps) {
  const words = useWords(improveWords);
  const base = useWords(baseWords);
  const choices = useChoices();
  const add = useAddOpportunity();
  const [title, setTitle] = useState("");
  const [chosen, setMap] = useState<string | null>(null);
  const [step, setStep] = useState<string | null>(null);
  useTellUnsaved(title.trim() !== "" || chosen !== null || step !== null, onUnsaved);
  const maps = choices.data?.maps ?? [];
  const map = maps.find((each) => each.id === chosen) ?? (maps.length === 1 ? maps[0] : undefined);
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (map === undefined) return;
    add.mutate({ map: map.id, title, step }, { onSuccess: ({ opportunity }) => onMade(opportunity.id) });
  };
  if (choices.data !== undefined && maps.length === 0)
    return (
      <Text size="sm">
        {words.noMap} <ToMaps />
      </Text>
    );
  return (
    <form onSubmit={save}>
      <Stack gap="sm">
        {add.error !== null && <Failed error={add.error} />}
        <TextInput
          data-autofocus
          label={words.opportunity}
          placeholder={words.howMightWe}
          required
          maxLength={200}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Select
          label={words.map}
          required
          searchable
          data={maps.map((each) => ({ value: each.id, label: each.title }))}
          value={map?.id ?? null}
          onChange={(id) => {
            setMap(id);
            setStep(null);
          }}
        />
        <Select
          label={words.step}
          description={words.stepHint}
          clearable
          searchable
          disabled={map === undefined}
          data={(map?.steps ?? []).map((each) => ({ value: each.id, label: each.name }))}
          value={step}
          onChange={setStep}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {base.cancel}
          </Button>
          <Button type="submit" loading={add.isPending} disabled={title.trim() === "" || map === undefined}>
            {words.add}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
