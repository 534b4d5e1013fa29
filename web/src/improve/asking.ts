import { notifications } from "@mantine/notifications";
import { type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { askAgain } from "../base/api/askAgain";
import { answer, api } from "../base/api/client";
import { ApiError } from "../base/api/errors";
import type { BoardAnswer, OpportunitiesAnswer, TaskAnswer, TaskChangeBody } from "../base/api/schema.gen";
import { useWords } from "../base/words";
import { improveWords } from "./improveWords";

export const FORMULAS = ["value-effort", "rice", "ice"] as const;
export type Formula = (typeof FORMULAS)[number];

const TASKS = ["improve", "tasks"] as const;
const CHANGING = ["improve", "change-task"] as const;

/** The opportunities by a score; by that of the settings for `null`. */
export function useOpportunities(score: Formula | null): UseQueryResult<OpportunitiesAnswer> {
  return useQuery({
    queryKey: ["improve", "opportunities", score],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/improve/opportunities", { params: { query: score === null ? {} : { score } }, signal })),
    placeholderData: (known) => known,
  });
}

export function useTasks(): UseQueryResult<BoardAnswer> {
  return useQuery({
    queryKey: TASKS,
    queryFn: ({ signal }) => answer(api.GET("/api/improve/tasks", { signal })),
  });
}

interface Changing {
  readonly task: TaskAnswer;
  readonly change: TaskChangeBody;
}

/** What tells tasks apart. */
export function taskKey(task: Pick<TaskAnswer, "opportunity" | "solution" | "id">): string {
  return `${task.opportunity}/${task.solution}/${task.id}`;
}

/** Changes a task; shown at once, taken back with a message where the server refuses it. */
export function useChangeTask(): (changing: Changing) => void {
  const words = useWords(improveWords);
  const client = useQueryClient();
  const put = (next: TaskAnswer) =>
    client.setQueryData<BoardAnswer>(TASKS, (known) =>
      known === undefined
        ? known
        : { ...known, tasks: known.tasks.map((each) => (taskKey(each) === taskKey(next) ? next : each)) },
    );
  const { mutate } = useMutation({
    mutationKey: CHANGING,
    mutationFn: ({ task, change }: Changing) => {
      const path = { opportunity: task.opportunity, solution: task.solution, task: task.id };
      return answer(
        api.PATCH("/api/improve/tasks/{opportunity}/{solution}/{task}", { params: { path }, body: change }),
      );
    },
    onMutate: async ({ task, change }) => {
      await client.cancelQueries({ queryKey: TASKS });
      put({ ...task, ...change } as TaskAnswer);
    },
    onSuccess: ({ task, merged }) => {
      if (client.isMutating({ mutationKey: CHANGING }) === 1) put(task);
      if (merged) notifications.show({ message: words.merged(task.title) });
      return askAgain(client, { queryKey: ["improve", "opportunities"] });
    },
    onError: (error, { task }) => {
      put(task);
      const told = error instanceof ApiError ? [error.message, error.hint].filter(Boolean).join(" ") : String(error);
      notifications.show({ title: words.saveFailed, message: told, color: "red" });
      return askAgain(client, { queryKey: TASKS });
    },
    scope: { id: "improve-tasks" },
  });
  return mutate;
}
