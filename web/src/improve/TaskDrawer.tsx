import { Anchor, Autocomplete, Button, Drawer, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Link } from "react-router";
import type { TaskAnswer, TaskChangeBody } from "../base/api/schema.gen";
import { baseWords } from "../base/baseWords";
import { byEscape } from "../base/byEscape";
import { DayField } from "../base/DayField";
import { useMay } from "../base/me";
import { Failed } from "../base/states/Failed";
import { useTellUnsaved, useUnsaved } from "../base/unsaved/useUnsaved";
import { useWords } from "../base/words";
import { taskKey } from "./asking";
import { STATUSES } from "./columns";
import { improveWords } from "./improveWords";
import { KpiField } from "./KpiField";
import { useRemoveTask, useSaveTask } from "./making";
import { Remove } from "./Remove";

interface TaskDrawerProps {
  readonly task: TaskAnswer | undefined;
  readonly departments: readonly string[];
  readonly onClose: () => void;
}

const HELD_BY = ["tab"];

/** One task: what it is for, and its state, owner, department and day to change. */
export function TaskDrawer({ task, departments, onClose }: TaskDrawerProps) {
  const base = useWords(baseWords);
  const [isUnsaved, setUnsaved] = useState(false);
  const { ask, guard } = useUnsaved(isUnsaved, HELD_BY);
  const close = (): void => ask(onClose);
  return (
    <Drawer
      closeOnEscape={false}
      onKeyDown={byEscape(close)}
      opened={task !== undefined}
      onClose={close}
      size="sm"
      closeButtonProps={{ "aria-label": base.close }}
      title={<Text fw={620}>{task?.title}</Text>}
    >
      {task !== undefined && (
        <TaskForm key={taskKey(task)} task={task} departments={departments} onClose={onClose} onUnsaved={setUnsaved} />
      )}
      {guard}
    </Drawer>
  );
}

interface TaskFormProps extends TaskDrawerProps {
  readonly task: TaskAnswer;
  readonly onUnsaved: (isUnsaved: boolean) => void;
}

function TaskForm({ task, departments, onClose, onUnsaved }: TaskFormProps) {
  const words = useWords(improveWords);
  const base = useWords(baseWords);
  const may = useMay("draw");
  const [seen] = useState(task);
  const [isRefused, refuse] = useState(false);
  const saving = useSaveTask(task);
  const [status, setStatus] = useState<TaskAnswer["status"]>(task.status);
  const [owner, setOwner] = useState(task.owner ?? "");
  const [department, setDepartment] = useState(task.department ?? "");
  const [due, setDue] = useState(task.due ?? "");
  const [title, setTitle] = useState(task.title);
  const [kpi, setKpi] = useState(task.kpi ?? "");
  const removal = useRemoveTask(task);
  const wanted = changeOf(seen, { title, status, owner, department, due, kpi });
  useTellUnsaved(wanted !== null, onUnsaved);
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (wanted === null) return;
    const basis = isRefused ? task.version : seen.version;
    saving.mutate({ ...wanted, based_on: basis }, { onSuccess: onClose, onError: () => refuse(true) });
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
        </div>
        {may && (
          <TextInput
            label={words.taskTitle}
            required
            maxLength={200}
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
        )}
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
        <DayField label={words.due} value={due} onChange={setDue} disabled={!may} />
        <KpiField value={kpi} onChange={setKpi} disabled={!may} />
        {saving.error !== null && <Failed error={saving.error} />}
        {may ? (
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {base.cancel}
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={wanted === null || title.trim() === ""}>
              {base.save}
            </Button>
          </Group>
        ) : (
          <Text size="xs" c="dimmed">
            {words.readOnly}
          </Text>
        )}
        {may && (
          <Remove
            label={words.removeTask}
            hint={words.removeTaskHint}
            busy={removal.isPending}
            error={removal.error}
            onDo={() => removal.mutate(undefined, { onSuccess: onClose })}
          />
        )}
      </Stack>
    </form>
  );
}

interface Said {
  readonly title: string;
  readonly status: TaskAnswer["status"];
  readonly owner: string;
  readonly department: string;
  readonly due: string;
  readonly kpi: string;
}

/** Only what is another one; null where nothing is. An empty field takes away what was there. */
export function changeOf(task: TaskAnswer, said: Said): TaskChangeBody | null {
  const text = (value: string): string | null => value.trim() || null;
  const change: TaskChangeBody = {
    ...(said.title.trim() === task.title ? {} : { title: said.title.trim() }),
    ...(said.status === task.status ? {} : { status: said.status }),
    ...(text(said.owner) === task.owner ? {} : { owner: text(said.owner) }),
    ...(text(said.department) === task.department ? {} : { department: text(said.department) }),
    ...(text(said.due) === task.due ? {} : { due: text(said.due) }),
    ...(text(said.kpi) === task.kpi ? {} : { kpi: text(said.kpi) }),
  };
  return Object.keys(change).length === 0 ? null : change;
}
