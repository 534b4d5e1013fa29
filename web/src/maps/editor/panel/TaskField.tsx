import { ActionIcon, Group, Select, SimpleGrid, Stack } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { DayField } from "../../../base/DayField";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { remove } from "../model/commands/remove";
import { rename } from "../model/commands/rename";
import { setField } from "../model/commands/setField";
import { useFields } from "../reading";
import { useMetricNames } from "./metricNames";
import { OwnerField } from "./OwnerField";
import classes from "./panel.module.css";
import { Said } from "./Said";

/** A task: its title, state, owner, department, the day it is due, and its KPI. */
export function TaskField({ task }: { readonly task: string }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const fields = useFields("tasks", task);
  const title = String(fields.title ?? "");
  const say = (field: string) => (text: string | null) =>
    setField(editing, "tasks", task, field, text === "" ? undefined : (text ?? undefined));
  return (
    <Stack gap={4} className={classes.entry} role="group" aria-label={title}>
      <Group gap={4} wrap="nowrap">
        <div style={{ flex: 3 }}>
          <Said label={words.task} isHidden value={title} onSay={(text) => rename(editing, "tasks", task, text)} />
        </div>
        <Select
          style={{ flex: 2 }}
          size="xs"
          aria-label={`${words.state}: ${title}`}
          allowDeselect={false}
          readOnly={!mayWrite}
          data={Object.entries(words.taskStates).map(([value, label]) => ({ value, label }))}
          value={String(fields.status ?? "open")}
          onChange={say("status")}
        />
        {mayWrite && (
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={`${words.remove}: ${title}`}
            onClick={() => remove(editing, "tasks", task)}
          >
            <IconTrash size={14} />
          </ActionIcon>
        )}
      </Group>
      <SimpleGrid cols={2} spacing={4} verticalSpacing={4}>
        <OwnerField kind="tasks" id={task} />
        <Said label={words.department} value={String(fields.department ?? "")} onSay={say("department")} />
        <DayField
          size="xs"
          label={words.due}
          readOnly={!mayWrite}
          value={String(fields.due ?? "")}
          onChange={say("due")}
        />
        <KpiField task={task} />
      </SimpleGrid>
    </Stack>
  );
}

/** A metric by its name; a text where it was written as one. */
function KpiField({ task }: { readonly task: string }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const metrics = useMetricNames();
  const said = useFields("tasks", task).kpi;
  const kpi = typeof said === "string" ? said : "";
  const say = (value: string): void => setField(editing, "tasks", task, "kpi", value === "" ? undefined : value);
  if (metrics.length === 0 || (kpi !== "" && !metrics.some((each) => each.value === kpi)))
    return <Said label={words.kpi} value={kpi} onSay={say} />;
  return (
    <Select
      size="xs"
      label={words.kpi}
      placeholder={words.kpiNone}
      clearable
      searchable
      readOnly={!mayWrite}
      data={[...metrics]}
      value={kpi || null}
      onChange={(id) => say(id ?? "")}
      comboboxProps={{ width: 240, position: "bottom-end" }}
    />
  );
}
