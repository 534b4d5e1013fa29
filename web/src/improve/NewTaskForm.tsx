import { Autocomplete, Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { OpportunityAnswer } from "../base/api/schema.gen";
import { baseWords } from "../base/baseWords";
import { DayField } from "../base/DayField";
import { Failed } from "../base/states/Failed";
import { isChanged } from "../base/unsaved/isChanged";
import { useTellUnsaved } from "../base/unsaved/useUnsaved";
import { useWords } from "../base/words";
import { improveWords } from "./improveWords";
import { KpiField } from "./KpiField";
import { useAddTask } from "./making";

interface NewTaskFormProps {
  readonly opportunities: readonly OpportunityAnswer[];
  readonly departments: readonly string[];
  readonly solution?: string;
  readonly onClose: () => void;
  readonly onUnsaved: (isUnsaved: boolean) => void;
}

const EMPTY = { title: "", newSolution: "", owner: "", department: "", due: "", kpi: "" };

/** What a new task is, what it is for, and who does it until when. */
export function NewTaskForm({ opportunities, departments, solution: given, onClose, onUnsaved }: NewTaskFormProps) {
  const words = useWords(improveWords);
  const base = useWords(baseWords);
  const add = useAddTask();
  const [said, setSaid] = useState(EMPTY);
  const [chosen, setOpportunity] = useState<string | null>(null);
  const [picked, setSolution] = useState<string | null>(given ?? null);
  useTellUnsaved(isChanged(EMPTY, said) || chosen !== null, onUnsaved);
  const only = opportunities.length === 1 ? opportunities[0] : undefined;
  const opportunity = opportunities.find((each) => each.id === chosen) ?? only;
  const solutions = opportunity?.solutions ?? [];
  const solution = solutions.find((each) => each.id === picked)?.id ?? (picked === null ? solutions[0]?.id : undefined);
  const say = (field: keyof typeof EMPTY) => (value: string) => setSaid((before) => ({ ...before, [field]: value }));
  const isReady =
    opportunity !== undefined && said.title.trim() !== "" && (solution !== undefined || said.newSolution.trim() !== "");
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (opportunity === undefined) return;
    const { title, newSolution, ...fields } = said;
    const others = Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== ""));
    const task = {
      title,
      newSolution,
      opportunity: opportunity.id,
      solution: solution ?? null,
      status: "open" as const,
      ...others,
    };
    add.mutate(task, { onSuccess: onClose });
  };
  if (opportunities.length === 0) return <Text size="sm">{words.noneForTask}</Text>;
  return (
    <form onSubmit={save}>
      <Stack gap="sm">
        {add.error !== null && <Failed error={add.error} />}
        <TextInput
          data-autofocus
          label={words.taskTitle}
          required
          maxLength={200}
          value={said.title}
          onChange={(event) => say("title")(event.currentTarget.value)}
        />
        {given === undefined && (
          <>
            <Select
              label={words.opportunity}
              required
              searchable
              data={opportunities.map((each) => ({ value: each.id, label: each.title }))}
              value={opportunity?.id ?? null}
              onChange={(id) => {
                setOpportunity(id);
                setSolution(null);
              }}
            />
            <Select
              label={words.solution}
              disabled={opportunity === undefined}
              allowDeselect={false}
              data={[
                ...solutions.map((each) => ({ value: each.id, label: each.title })),
                { value: "", label: words.aNewSolution },
              ]}
              value={solution ?? ""}
              onChange={(id) => setSolution(id)}
            />
            {opportunity !== undefined && solution === undefined && (
              <TextInput
                label={words.newSolution}
                required
                maxLength={200}
                value={said.newSolution}
                onChange={(event) => say("newSolution")(event.currentTarget.value)}
              />
            )}
          </>
        )}
        <TextInput
          label={words.owner}
          maxLength={200}
          value={said.owner}
          onChange={(event) => say("owner")(event.currentTarget.value)}
        />
        <Autocomplete
          label={words.department}
          data={[...departments]}
          maxLength={200}
          value={said.department}
          onChange={say("department")}
        />
        <DayField label={words.due} value={said.due} onChange={say("due")} />
        <KpiField value={said.kpi} onChange={say("kpi")} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {base.cancel}
          </Button>
          <Button type="submit" loading={add.isPending} disabled={!isReady}>
            {words.add}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
