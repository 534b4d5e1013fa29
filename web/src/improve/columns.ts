import type { TaskAnswer, TaskChangeBody } from "../base/api/schema.gen";

/** What the columns of the board are. */
export type ColumnsBy = "status" | "department";

export const STATUSES = ["open", "doing", "done", "dropped"] as const;
export type TaskStatus = (typeof STATUSES)[number];

/** One column: its tasks in order of the day they are due, and what a task becomes that is moved into it. */
export interface Column {
  /** A state, or a department; "" is nobody's. */
  readonly id: string;
  readonly tasks: readonly TaskAnswer[];
  readonly change: TaskChangeBody;
}

/** The tasks in columns. Every state is a column; departments are those that have a task. */
export function columnsOf(tasks: readonly TaskAnswer[], by: ColumnsBy): readonly Column[] {
  if (by === "status") {
    return STATUSES.map((status) => column(status, tasks, (each) => each.status === status, { status }));
  }
  const names = [...new Set(tasks.map((each) => each.department ?? ""))].toSorted(
    (one, other) => Number(one === "") - Number(other === "") || one.localeCompare(other),
  );
  return names.map((name) =>
    column(name, tasks, (each) => (each.department ?? "") === name, { department: name || null }),
  );
}

function column(
  id: string,
  tasks: readonly TaskAnswer[],
  belongs: (task: TaskAnswer) => boolean,
  change: TaskChangeBody,
): Column {
  return { id, tasks: tasks.filter(belongs).toSorted(byDay), change };
}

function byDay(one: TaskAnswer, other: TaskAnswer): number {
  return (one.due ?? "9999").localeCompare(other.due ?? "9999") || one.title.localeCompare(other.title);
}

export const OPPORTUNITY_STATUSES = ["open", "chosen", "done", "dropped"] as const;
export type OpportunityStatus = (typeof OPPORTUNITY_STATUSES)[number];
export const SOLUTION_STATUSES = ["idea", "planned", "building", "shipped", "dropped"] as const;
export type SolutionStatus = (typeof SOLUTION_STATUSES)[number];
