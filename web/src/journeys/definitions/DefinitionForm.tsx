import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { DefinitionAnswer } from "../../base/api/schema.gen";
import { baseWords } from "../../base/baseWords";
import { Failed } from "../../base/states/Failed";
import { useWords } from "../../base/words";
import { useSetDefinition } from "./asking";
import { ConditionField } from "./ConditionField";
import { among, type Draft, identOf, problemsOf } from "./definition";
import { definitionsWords } from "./definitionsWords";

interface DefinitionFormProps {
  readonly draft: Draft;
  readonly isNew: boolean;
  readonly others: readonly DefinitionAnswer[];
  readonly onDraft: (draft: Draft) => void;
  readonly onSaved: (definition: DefinitionAnswer) => void;
  readonly onClose: () => void;
}

const CONDITIONS = ["start", "goal", "end", "where"] as const;
type ConditionName = (typeof CONDITIONS)[number];

/** Name, start, goal, end, time-out and condition of a journey. */
export function DefinitionForm({ draft, isNew, others, onDraft, onSaved, onClose }: DefinitionFormProps) {
  const words = useWords(definitionsWords);
  const base = useWords(baseWords);
  const saving = useSetDefinition();
  const [building, setBuilding] = useState<ConditionName | null>(null);
  const [isTried, setTried] = useState(false);
  const [hasOwnId, setOwnId] = useState(!isNew);
  const found = problemsOf(draft, others);
  const problems = isTried ? found : {};
  const change = (said: Partial<Draft>) => onDraft({ ...draft, ...said });
  const taken = others.map((each) => each.id);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(found).length === 0) saving.mutate(draft, { onSuccess: onSaved });
  };
  const field = (name: ConditionName) => (
    <ConditionField
      key={name}
      label={words[name]}
      help={words[`${name}Help`]}
      text={draft[name]}
      counted={name === "where" ? draft.where.trim() : among(draft[name], draft.where)}
      error={(name === "start" || name === "goal") && problems[name] !== undefined ? words.missing : undefined}
      isBuilding={building === name}
      onBuilding={(is) => setBuilding(is ? name : null)}
      onText={(text) => change({ [name]: text })}
    />
  );
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <TextInput
          data-autofocus={isNew || undefined}
          label={words.name}
          description={words.nameHelp}
          placeholder={words.namePlaceholder}
          maxLength={200}
          value={draft.name}
          error={problems.name && (problems.name === "taken" ? words.nameTaken : words.missing)}
          onChange={({ currentTarget: { value } }) =>
            change({ name: value, ...(hasOwnId ? {} : { id: value.trim() === "" ? "" : identOf(value, taken) }) })
          }
        />
        {isNew && (
          <TextInput
            label={words.id}
            description={words.idHelp}
            maxLength={63}
            value={draft.id}
            error={problems.id && (problems.id === "taken" ? words.idTaken : words.idForm)}
            onChange={({ currentTarget: { value } }) => {
              setOwnId(value !== "");
              change({ id: value });
            }}
          />
        )}
        {(["start", "goal", "end"] as const).map(field)}
        <TextInput
          label={words.timeOut}
          description={words.timeOutHelp}
          placeholder="30d"
          value={draft.timeOut}
          maw={320}
          onChange={({ currentTarget: { value } }) => change({ timeOut: value })}
        />
        {field("where")}
        {saving.error !== null && (
          <div style={{ whiteSpace: "pre-line" }}>
            <Failed error={saving.error} />
          </div>
        )}
        <Group justify="flex-end">
          {building !== null && (
            <Text size="xs" c="dimmed">
              {words.applyFirst}
            </Text>
          )}
          <Button variant="default" onClick={onClose}>
            {base.cancel}
          </Button>
          <Button type="submit" loading={saving.isPending} disabled={building !== null}>
            {base.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
