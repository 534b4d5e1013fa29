import { Anchor, Autocomplete, Button, Drawer, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Link } from "react-router";
import type { TaskAnswer, TaskChangeBody } from "../base/api/schema.gen";
import { baseWords } from "../base/baseWords";
import { useMay } from "../base/me";
import { useWords } from "../base/words";
import { taskKey, useChangeTask } from "./asking";
import { STATUSES } from "./columns";
import { improveWords } from "./improveWords";

interface TaskDrawerProps {
  readonly task: TaskAnswer | undefined;
  readonly departments: readonly string[];
  readonly onClose: () => void;
}

/** One task: what it is for, and its state, owner, department and day to change. */
export function TaskDrawer({ task, departments, onClose }: TaskDrawerProps) {
  const base = useWords(baseWords);
  return (
    <Drawer
      opened={task !== undefined}
      onClose={onClose}
      size="sm"
      closeButtonProps={{ "aria-label": base.close }}
      title={<Text fw={620}>{task?.title}</Text>}
    >
      {task !== undefined && <TaskForm key={taskKey(task)} task={task} departments={departments} onClose={onClose} />}
    </Drawer>
  );
}

function TaskForm({ task, departments, onClose }: TaskDrawerProps & { readonly task: TaskAnswer }) {
  const words = useWords(improveWords);
  const base = useWords(baseWords);
  const may = useMay("draw");
  const change = useChangeTask();
  const [status, setStatus] = useState<TaskAnswer["status"]>(task.status);
  const [owner, setOwner] = useState(task.owner ?? "");
  const [department, setDepartment] = useState(task.department ?? "");
  const [due, setDue] = useState(task.due ?? "");
  const wanted = changeOf(task, { status, owner, department, due });
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (wanted !== null) change({ task, change: wanted });
    onClose();
  };
  return (
    <form onSubmit={save}>
      <Stack gap="sm">
        <div>
          <Text size="sm">{task.solution_title}</Text>
          <Text size="sm" c="dimmed">
            {task.opportunity_title}
          </Text>
          {task.map !== null && (
            <Anchor
              component={Link}
              to={`/maps/${task.map}${task.step === null ? "" : `?step=${task.step}`}`}
              size="sm"
            >
              {task.map_title}
            </Anchor>
          )}
          {task.kpi !== null && (
            <Text size="sm" mt={4}>
              {words.kpi(task.kpi)}
            </Text>
          )}
        </div>
        <Select
          data-autofocus
          label={words.status}
          data={STATUSES.map((each) => ({ value: each, label: words.taskStatus[each] }))}
          value={status}
          onChange={(value) => setStatus(STATUSES.find((each) => each === value) ?? status)}
          allowDeselect={false}
          disabled={!may}
        />
        <TextInput
          label={words.owner}
          value={owner}
          maxLength={200}
          onChange={(event) => setOwner(event.currentTarget.value)}
          disabled={!may}
        />
        <Autocomplete
          label={words.department}
          data={[...departments]}
          value={department}
          maxLength={200}
          onChange={setDepartment}
          disabled={!may}
        />
        <TextInput
          type="date"
          label={words.due}
          value={due}
          onChange={(event) => setDue(event.currentTarget.value)}
          disabled={!may}
        />
        {may ? (
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {base.cancel}
            </Button>
            <Button type="submit" disabled={wanted === null}>
              {base.save}
            </Button>
          </Group>
        ) : (
          <Text size="xs" c="dimmed">
            {words.readOnly}
          </Text>
        )}
      </Stack>
    </form>
  );
}

interface Said {
  readonly status: TaskAnswer["status"];
  readonly owner: string;
  readonly department: string;
  readonly due: string;
}

/** Only what is another one; null where nothing is. An empty field takes away what was there. */
export function changeOf(task: TaskAnswer, said: Said): TaskChangeBody | null {
  const text = (value: string): string | null => value.trim() || null;
  const change: TaskChangeBody = {
    ...(said.status === task.status ? {} : { status: said.status }),
    ...(text(said.owner) === task.owner ? {} : { owner: text(said.owner) }),
    ...(text(said.department) === task.department ? {} : { department: text(said.department) }),
    ...(text(said.due) === task.due ? {} : { due: text(said.due) }),
  };
  return Object.keys(change).length === 0 ? null : change;
}
