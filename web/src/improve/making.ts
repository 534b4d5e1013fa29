import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { askAgain } from "../base/api/askAgain";
import { answer, api } from "../base/api/client";
import type {
  ChangedOpportunity,
  ChangedTask,
  ChoicesAnswer,
  NewOpportunityBody,
  NewTaskBody,
  OpportunityAnswer,
  OpportunityBody,
  SolutionBody,
  TaskAnswer,
  TaskChangeBody,
} from "../base/api/schema.gen";

/** What a new opportunity or task may name: maps with their steps, and metrics. */
export function useChoices(): UseQueryResult<ChoicesAnswer> {
  return useQuery({
    queryKey: ["improve", "choices"],
    queryFn: ({ signal }) => answer(api.GET("/api/improve/choices", { signal })),
  });
}

/** Saves something; whatever comes of it, everything that shows it is asked again, so that the next try is based on what is there now. */
function useSaving<Said, Found>(save: (said: Said) => Promise<Found>): UseMutationResult<Found, Error, Said> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: save,
    onSettled: () =>
      Promise.all([askAgain(client, { queryKey: ["improve"] }), askAgain(client, { queryKey: ["maps"] })]),
  });
}

/** Adds an opportunity to a map. */
export function useAddOpportunity(): UseMutationResult<ChangedOpportunity, Error, NewOpportunityBody> {
  return useSaving((body) => answer(api.POST("/api/improve/opportunities", { body })));
}

/** Changes an opportunity, as the person saw it; `based_on` says where that was another version than is shown now. */
export function useChangeOpportunity(
  seen: OpportunityAnswer,
): UseMutationResult<ChangedOpportunity, Error, OpportunityBody> {
  const path = { opportunity: seen.id };
  return useSaving((said) => {
    const body = { based_on: seen.version, ...said };
    return answer(api.PATCH("/api/improve/opportunities/{opportunity}", { params: { path }, body }));
  });
}

/** Takes an opportunity away, as the person saw it. */
export function useRemoveOpportunity(seen: OpportunityAnswer): UseMutationResult<unknown, Error, void> {
  const params = { path: { opportunity: seen.id }, query: { based_on: seen.version } };
  return useSaving(() => answer(api.DELETE("/api/improve/opportunities/{opportunity}", { params })));
}

/** Adds a solution with a title. */
export function useAddSolution(opportunity: string): UseMutationResult<ChangedOpportunity, Error, string> {
  const path = { opportunity };
  return useSaving((title) =>
    answer(api.POST("/api/improve/solutions/{opportunity}", { params: { path }, body: { title } })),
  );
}

/** Changes a solution, as the person saw it. */
export function useChangeSolution(
  seen: OpportunityAnswer,
  solution: string,
): UseMutationResult<ChangedOpportunity, Error, SolutionBody> {
  const path = { opportunity: seen.id, solution };
  return useSaving((said) => {
    const body = { based_on: seen.version, ...said };
    return answer(api.PATCH("/api/improve/solutions/{opportunity}/{solution}", { params: { path }, body }));
  });
}

/** Takes a solution away, as the person saw it. */
export function useRemoveSolution(seen: OpportunityAnswer, solution: string): UseMutationResult<unknown, Error, void> {
  const params = { path: { opportunity: seen.id, solution }, query: { based_on: seen.version } };
  return useSaving(() => answer(api.DELETE("/api/improve/solutions/{opportunity}/{solution}", { params })));
}

/** Where a new task belongs, and what it is; without a solution one with its title is made first. */
export interface NewTask extends NewTaskBody {
  readonly opportunity: string;
  readonly solution: string | null;
  readonly newSolution: string;
}

/** Adds a task. */
export function useAddTask(): UseMutationResult<ChangedTask, Error, NewTask> {
  return useSaving(async ({ opportunity, solution: known, newSolution, ...body }) => {
    const solution = known ?? (await newSolutionOf(opportunity, newSolution));
    const path = { opportunity, solution };
    return await answer(api.POST("/api/improve/tasks/{opportunity}/{solution}", { params: { path }, body }));
  });
}

async function newSolutionOf(opportunity: string, title: string): Promise<string> {
  const params = { path: { opportunity } };
  const { solution } = await answer(api.POST("/api/improve/solutions/{opportunity}", { params, body: { title } }));
  return solution ?? "";
}

/** Changes a task, as the person saw it; `based_on` says where that was another version than is shown now. */
export function useSaveTask(seen: TaskAnswer): UseMutationResult<ChangedTask, Error, TaskChangeBody> {
  const path = { opportunity: seen.opportunity, solution: seen.solution, task: seen.id };
  return useSaving((said) => {
    const body = { based_on: seen.version, ...said };
    return answer(api.PATCH("/api/improve/tasks/{opportunity}/{solution}/{task}", { params: { path }, body }));
  });
}

/** Takes a task away, as the person saw it. */
export function useRemoveTask(seen: TaskAnswer): UseMutationResult<unknown, Error, void> {
  const path = { opportunity: seen.opportunity, solution: seen.solution, task: seen.id };
  const params = { path, query: { based_on: seen.version } };
  return useSaving(() => answer(api.DELETE("/api/improve/tasks/{opportunity}/{solution}/{task}", { params })));
}
