import { Button, Group, NumberInput, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { DocumentAnswer } from "../../base/api/schema.gen";
import { useMay } from "../../base/me";
import { Failed } from "../../base/states/Failed";
import { useUnsaved } from "../../base/unsaved/useUnsaved";
import { useWords } from "../../base/words";
import { mapsWords } from "../mapsWords";
import { BehaviourScales } from "./BehaviourScales";
import { DeletePersona } from "./DeletePersona";
import { NotSaved } from "./NotSaved";
import { PersonaPicture } from "./PersonaPicture";
import { formOf, type PersonaForm, treeOf } from "./personaForm";
import { SegmentInput } from "./SegmentInput";
import { useSavePersona } from "./useSavePersona";

interface PersonaEditorProps {
  /** None: it is not there yet. */
  readonly id?: string;
  readonly tree: Readonly<Record<string, unknown>>;
  readonly version?: number;
}

/** The form of a persona; it is saved as a version, and what others saved meanwhile is merged. */
export function PersonaEditor({ id, tree, version }: PersonaEditorProps) {
  const words = useWords(mapsWords);
  const draws = useMay("draw");
  const [opened, setOpened] = useState({ tree, version });
  const [form, setForm] = useState<PersonaForm>(() => formOf(tree));
  const change = (part: Partial<PersonaForm>): void => setForm((before) => ({ ...before, ...part }));
  const said = treeOf(opened.tree, form);
  const isChanged = JSON.stringify(said) !== JSON.stringify(treeOf(opened.tree, formOf(opened.tree)));
  const { guard } = useUnsaved(isChanged && draws);
  const show = (saved: DocumentAnswer): void => {
    setOpened({ tree: saved.tree, version: saved.version });
    setForm(formOf(saved.tree));
    save.reset();
  };
  const save = useSavePersona(id, show);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ tree: said, basedOn: opened.version });
      }}
    >
      <fieldset disabled={!draws} style={{ border: "none", padding: 0, margin: 0 }}>
        <Stack gap="md">
          <TextInput
            label={words.name}
            value={form.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
            required
            maxLength={200}
          />
          <PersonaPicture picture={form.picture} onPicture={(picture) => change({ picture })} />
          <Textarea
            label={words.summary}
            value={form.summary}
            onChange={(event) => change({ summary: event.currentTarget.value })}
            autosize
            minRows={2}
          />
          <Textarea
            label={words.quote}
            value={form.quote}
            onChange={(event) => change({ quote: event.currentTarget.value })}
            autosize
          />
          <Group grow align="flex-start">
            <Textarea
              label={words.goals}
              value={form.goals}
              onChange={(event) => change({ goals: event.currentTarget.value })}
              autosize
              minRows={3}
            />
            <Textarea
              label={words.needs}
              value={form.needs}
              onChange={(event) => change({ needs: event.currentTarget.value })}
              autosize
              minRows={3}
            />
          </Group>
          <BehaviourScales scales={form.behaviour} onChange={(behaviour) => change({ behaviour })} />
          <SegmentInput value={form.segment} onChange={(segment) => change({ segment })} />
          <NumberInput
            label={words.share}
            value={form.share}
            onChange={(value) => change({ share: typeof value === "number" ? value : "" })}
            min={0}
            max={100}
            suffix=" %"
            w={260}
          />
          {save.error !== null && id !== undefined && (
            <NotSaved
              id={id}
              error={save.error}
              onBringBack={() => save.mutate({ tree: said, basedOn: opened.version, isGone: true })}
              onLoaded={show}
            />
          )}
          {save.error !== null && id === undefined && <Failed error={save.error} />}
          {draws && (
            <Group justify="space-between">
              <Group>
                <Button type="submit" loading={save.isPending} disabled={form.name.trim() === "" || !isChanged}>
                  {words.savePersona}
                </Button>
                {isChanged && id !== undefined && (
                  <Text size="sm" c="dimmed" role="status">
                    {words.unsaved}
                  </Text>
                )}
              </Group>
              {id !== undefined && <DeletePersona id={id} name={form.name} />}
            </Group>
          )}
        </Stack>
      </fieldset>
      {guard}
    </form>
  );
}
