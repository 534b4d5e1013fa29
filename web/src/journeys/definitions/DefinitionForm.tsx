import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { DefinitionAnswer } from "../../base/api/schema.gen";
import { baseWords } from "../../base/baseWords";
import { Changed } from "../../base/states/Changed";
import { changedWords } from "../../base/states/changedWords";
import { Failed } from "../../base/states/Failed";
import { useWords } from "../../base/words";
import { useSetDefinition } from "./asking";
import { ConditionField } from "./ConditionField";
import { DefinitionFacts } from "./DefinitionView";
import { among, type Draft, identOf, problemsOf } from "./definition";
import { definitionsWords } from "./definitionsWords";

interface DefinitionFormProps {
  readonly draft: Draft;
  /** Of what is changed, as it was opened; empty where it is new. */
  readonly revision: string;
  readonly isNew: boolean;
  /** What is changed, as it stands now; undefined where it is new, or was removed. */
  readonly stands: DefinitionAnswer | undefined;
  readonly others: readonly DefinitionAnswer[];
  readonly onDraft: (draft: Draft) => void;
  readonly onTakeTheirs: () => void;
  readonly onSaved: (definition: DefinitionAnswer) => void;
  readonly onClose: () => void;
}

const CONDITIONS = ["start", "goal", "end", "where"] as const;
type ConditionName = (typeof CONDITIONS)[number];

/** Name, start, goal, end, time-out and condition of a journey. */
export function DefinitionForm({ draft, revision, isNew, stands, others, ...on }: DefinitionFormProps) {
  const words = useWords(definitionsWords);
  const base = useWords(baseWords);
  const saving = useSetDefinition();
  const [building, setBuilding] = useState<ConditionName | null>(null);
  const [isTried, setTried] = useState(false);
  const [hasOwnId, setOwnId] = useState(!isNew);
  const found = problemsOf(draft, others);
  const problems = isTried ? found : {};
  const change = (said: Partial<Draft>) => on.onDraft({ ...draft, ...said });
  const taken = others.map((each) => each.id);
  const save = (of: string) => saving.mutate({ draft, revision: of }, { onSuccess: on.onSaved });
  const takeTheirs = () => {
    saving.reset();
    on.onTakeTheirs();
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(found).length === 0) save(revision);
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
            {isNew ? (
              <Failed error={saving.error} />
            ) : (
              <Changed
                error={saving.error}
                busy={saving.isPending}
                now={<StandsNow definition={stands} />}
                onKeepMine={() => save(stands?.revision ?? "")}
                onTakeTheirs={takeTheirs}
              />
            )}
          </div>
        )}
        <Group justify="flex-end">
          {building !== null && (
            <Text size="xs" c="dimmed">
              {words.applyFirst}
            </Text>
          )}
          <Button variant="default" onClick={on.onClose}>
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

function StandsNow({ definition }: { readonly definition: DefinitionAnswer | undefined }) {
  const changed = useWords(changedWords);
  if (definition === undefined) return <Text size="sm">{changed.isGone}</Text>;
  return <DefinitionFacts definition={definition} />;
}
