import { Button, Group, Select, Stack, Text, TextInput, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { OpportunityAnswer, SolutionAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useMay } from "../base/me";
import { Failed } from "../base/states/Failed";
import { useWords } from "../base/words";
import { SOLUTION_STATUSES } from "./columns";
import { improveWords } from "./improveWords";
import { useAddSolution, useChangeSolution, useRemoveSolution } from "./making";
import { NewTask } from "./NewTask";
import { Remove } from "./Remove";

/** The solutions of an opportunity: their state and tasks, and a new one. */
export function Solutions({ opportunity }: { readonly opportunity: OpportunityAnswer }) {
  const words = useWords(improveWords);
  const may = useMay("draw");
  return (
    <section>
      <Title order={3} size="h6" mb={4}>
        {words.solutions}
      </Title>
      {opportunity.solutions.length === 0 && (
        <Text size="sm" c="dimmed">
          {words.noSolutions}
        </Text>
      )}
      <Stack gap="md">
        {opportunity.solutions.map((each) => (
          <SolutionLine key={each.id} opportunity={opportunity} solution={each} />
        ))}
        {may && <AddSolution opportunity={opportunity.id} />}
      </Stack>
    </section>
  );
}

interface SolutionLineProps {
  readonly opportunity: OpportunityAnswer;
  readonly solution: SolutionAnswer;
}

function SolutionLine({ opportunity, solution }: SolutionLineProps) {
  const words = useWords(improveWords);
  const { count } = useFormat();
  const may = useMay("draw");
  const change = useChangeSolution(opportunity, solution.id);
  const removal = useRemoveSolution(opportunity, solution.id);
  const status = SOLUTION_STATUSES.find((each) => each === solution.status) ?? "idea";
  return (
    <Stack gap={4} role="group" aria-label={solution.title}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={550}>
          {solution.title}
        </Text>
        {may && (
          <Select
            size="xs"
            w={130}
            aria-label={words.statusOf(solution.title)}
            allowDeselect={false}
            data={SOLUTION_STATUSES.map((each) => ({ value: each, label: words.solutionStatus[each] ?? each }))}
            value={status}
            onChange={(value) => {
              const wanted = SOLUTION_STATUSES.find((each) => each === value);
              if (wanted !== undefined && wanted !== status) change.mutate({ status: wanted });
            }}
          />
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {may ? "" : `${words.solutionStatus[solution.status] ?? solution.status} · `}
        {solution.tasks === 0 ? words.noTasks : words.tasksDone(count(solution.tasks_done), count(solution.tasks))}
      </Text>
      {change.error !== null && <Failed error={change.error} />}
      {may && (
        <Group gap={4} align="flex-start">
          <NewTask opportunities={[opportunity]} solution={solution.id} isSmall />
          <Remove
            label={words.removeSolution}
            hint={words.removeSolutionHint}
            busy={removal.isPending}
            error={removal.error}
            onDo={() => removal.mutate()}
          />
        </Group>
      )}
    </Stack>
  );
}

function AddSolution({ opportunity }: { readonly opportunity: string }) {
  const words = useWords(improveWords);
  const add = useAddSolution(opportunity);
  const [title, setTitle] = useState("");
  const save = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(title, { onSuccess: () => setTitle("") });
  };
  return (
    <form onSubmit={save}>
      {add.error !== null && <Failed error={add.error} />}
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput
          size="xs"
          flex={1}
          label={words.newSolution}
          maxLength={200}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Button size="xs" variant="default" type="submit" loading={add.isPending} disabled={title.trim() === ""}>
          {words.add}
        </Button>
      </Group>
    </form>
  );
}
