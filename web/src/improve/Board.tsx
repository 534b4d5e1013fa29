import { Group, Paper, SegmentedControl, Stack, Text, VisuallyHidden } from "@mantine/core";
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { OpportunityAnswer, TaskAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useMay } from "../base/me";
import { useWords } from "../base/words";
import { taskKey, useChangeTask } from "./asking";
import classes from "./Board.module.css";
import { type Column, type ColumnsBy, columnsOf } from "./columns";
import { improveWords } from "./improveWords";
import { NewTask } from "./NewTask";
import { TaskCard } from "./TaskCard";
import { TaskDrawer } from "./TaskDrawer";

interface BoardProps {
  readonly tasks: readonly TaskAnswer[];
  readonly opportunities: readonly OpportunityAnswer[];
  readonly by: ColumnsBy;
  readonly onBy: (by: ColumnsBy) => void;
}

const DRAGGED = "application/x-desireline-task";

/** The tasks by state or by department; a task is moved by dragging it, or by keys. */
export function Board({ tasks, opportunities, by, onBy }: BoardProps) {
  const words = useWords(improveWords);
  const { count } = useFormat();
  const may = useMay("draw");
  const change = useChangeTask();
  const frame = useRef<HTMLDivElement>(null);
  const keepFocus = useKeptFocus(frame, tasks);
  const [said, say] = useState("");
  const [open, setOpen] = useState<string | null>(null);
  const columns = columnsOf(tasks, by);
  const departments = [...new Set(tasks.flatMap((each) => each.department ?? []))];
  const name = useColumnName(by);
  const move = (task: TaskAnswer, column: Column) => {
    if (!may || column.tasks.includes(task)) return;
    change({ task, change: column.change });
    say(words.movedTo(task.title, name(column.id)));
  };
  const byKey = (key: string) => tasks.find((each) => taskKey(each) === key);
  const onKey = (event: KeyboardEvent, task: TaskAnswer, at: number) => {
    const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const upwards = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (sideways === undefined && upwards === undefined) return;
    event.preventDefault();
    const target = columns[at + (sideways ?? 0)];
    if (event.shiftKey && sideways !== undefined && target !== undefined) {
      keepFocus(taskKey(task));
      move(task, target);
      return;
    }
    focusNear(frame.current, event.currentTarget, upwards ?? 0, sideways ?? 0);
  };
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label={words.by}
            value={by}
            onChange={(value) => onBy(value === "department" ? "department" : "status")}
            data={[
              { value: "status", label: words.byStatus },
              { value: "department", label: words.byDepartment },
            ]}
          />
          <NewTask opportunities={opportunities} departments={departments} />
        </Group>
        <Text size="xs" c="dimmed" {...(may ? { visibleFrom: "sm" } : {})}>
          {may ? words.boardHint : words.readOnly}
        </Text>
      </Group>
      <VisuallyHidden id="board-keys">{words.boardKeys}</VisuallyHidden>
      <div ref={frame} className={classes.board}>
        {columns.map((column, at) => (
          <Paper
            key={column.id}
            component="section"
            className={classes.column}
            aria-label={words.column(name(column.id), count(column.tasks.length))}
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              const task = byKey(event.dataTransfer.getData(DRAGGED));
              if (task !== undefined) move(task, column);
            }}
          >
            <Text size="sm" fw={600} className={classes.heading}>
              {name(column.id)}{" "}
              <Text span inherit c="dimmed" fw={400} className="numbers">
                {count(column.tasks.length)}
              </Text>
            </Text>
            <ul className={classes.cards} data-column>
              {column.tasks.map((task) => (
                <TaskCard
                  key={taskKey(task)}
                  task={task}
                  by={by}
                  may={may}
                  onDrag={(event) => event.dataTransfer.setData(DRAGGED, taskKey(task))}
                  onKey={(event) => onKey(event, task, at)}
                  onOpen={() => setOpen(taskKey(task))}
                />
              ))}
              {column.tasks.length === 0 && (
                <li className={classes.nothing}>
                  <Text size="xs" c="dimmed">
                    {words.emptyColumn}
                  </Text>
                </li>
              )}
            </ul>
          </Paper>
        ))}
      </div>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      <TaskDrawer
        task={open === null ? undefined : byKey(open)}
        departments={departments}
        onClose={() => setOpen(null)}
      />
    </Stack>
  );
}

function useColumnName(by: ColumnsBy): (id: string) => string {
  const words = useWords(improveWords);
  const states: Readonly<Record<string, string>> = words.taskStatus;
  return (id) => (by === "status" ? (states[id] ?? id) : id || words.noDepartment);
}

/** The card above or below; in a neighbouring column the one at the same height. */
function focusNear(frame: HTMLElement | null, card: EventTarget & Element, down: number, aside: number): void {
  const columns = [...(frame?.querySelectorAll("[data-column]") ?? [])].map((each) => [
    ...each.querySelectorAll<HTMLElement>("[data-task]"),
  ]);
  const at = columns.findIndex((each) => each.includes(card as HTMLElement));
  const place = columns[at]?.indexOf(card as HTMLElement) ?? 0;
  const filled = aside === 0 ? columns[at] : nextFilled(columns, at, aside);
  filled?.[Math.min(place + down, filled.length - 1)]?.focus();
}

function nextFilled(columns: readonly HTMLElement[][], from: number, way: number): HTMLElement[] | undefined {
  for (let at = from + way; at >= 0 && at < columns.length; at += way) {
    const column = columns[at];
    if (column !== undefined && column.length > 0) return column;
  }
  return undefined;
}

/** Keeps the focus on a card that is drawn anew in another column. */
function useKeptFocus(frame: RefObject<HTMLElement | null>, tasks: readonly TaskAnswer[]): (key: string) => void {
  const kept = useRef<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cards are drawn anew when the tasks change
  useEffect(() => {
    if (kept.current === null) return;
    frame.current?.querySelector<HTMLElement>(`[data-task="${CSS.escape(kept.current)}"]`)?.focus();
    kept.current = null;
  }, [tasks, frame]);
  return (key) => {
    kept.current = key;
  };
}
