import { Anchor, Badge, Group, Text, UnstyledButton } from "@mantine/core";
import { IconCalendar, IconMap2 } from "@tabler/icons-react";
import type { DragEvent, KeyboardEvent } from "react";
import { Link } from "react-router";
import type { TaskAnswer } from "../base/api/schema.gen";
import { useWords } from "../base/words";
import { taskKey } from "./asking";
import classes from "./Board.module.css";
import type { ColumnsBy } from "./columns";
import { useDay } from "./day";
import { improveWords } from "./improveWords";
import { useMetricText } from "./metricText";

interface TaskCardProps {
  readonly task: TaskAnswer;
  readonly by: ColumnsBy;
  readonly may: boolean;
  readonly onDrag: (event: DragEvent) => void;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onOpen: () => void;
}

/** One task on the board. */
export function TaskCard({ task, by, may, onDrag, onKey, onOpen }: TaskCardProps) {
  const words = useWords(improveWords);
  const day = useDay();
  const metricText = useMetricText();
  const other = by === "status" ? (task.department ?? words.noDepartment) : words.taskStatus[task.status];
  const over = task.status === "done" || task.status === "dropped";
  return (
    <li className={classes.card} data-over={over || undefined} draggable={may} onDragStart={onDrag}>
      <UnstyledButton
        data-task={taskKey(task)}
        aria-describedby="board-keys"
        aria-haspopup="dialog"
        className={classes.open}
        onClick={onOpen}
        onKeyDown={onKey}
      >
        <Text size="sm" fw={550} td={task.status === "dropped" ? "line-through" : undefined} span>
          {task.title}
        </Text>
      </UnstyledButton>
      <Text size="xs" c="dimmed" lineClamp={2}>
        {task.solution_title}
      </Text>
      <Group gap={6} mt={6}>
        {task.due !== null && (
          <Badge
            variant={task.late ? "light" : "default"}
            color={task.late ? "red" : "gray"}
            size="sm"
            tt="none"
            fw={500}
            leftSection={<IconCalendar size={11} />}
          >
            {day(task.due)}
            {task.late && ` · ${words.late}`}
          </Badge>
        )}
        <Badge variant="default" size="sm" tt="none" fw={500}>
          {other}
        </Badge>
        {task.owner !== null && (
          <Text size="xs" c="dimmed">
            {task.owner}
          </Text>
        )}
      </Group>
      {task.kpi !== null && (
        <Text size="xs" c="dimmed" mt={4}>
          {words.kpi(task.kpi_metric === null ? task.kpi : metricText(task.kpi_metric))}
        </Text>
      )}
      {task.map !== null && (
        <Anchor
          component={Link}
          to={`/maps/${task.map}${task.step === null ? "" : `?step=${task.step}`}`}
          size="xs"
          c="dimmed"
          className={classes.map}
          mt={6}
          display="flex"
          style={{ gap: 4, alignItems: "center" }}
        >
          <IconMap2 size={13} stroke={1.6} style={{ flex: "none" }} aria-hidden />
          <Text span inherit truncate>
            {task.map_title}
          </Text>
        </Anchor>
      )}
    </li>
  );
}
