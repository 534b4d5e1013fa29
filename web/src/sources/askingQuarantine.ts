import { type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { askAgain } from "../base/api/askAgain";
import { answer, api } from "../base/api/client";
import type { MendingWork, WaitingRows } from "../base/api/schema.gen";

const SOURCES = ["sources"] as const;
const POLL_MS = 700;

/** Rows that wait, with what is put right in each of them. */
export type Attempt = Readonly<WaitingRows>;

/** Feed rows back, or see what that would do. */
export function useAttempt(how: "preview" | "replay") {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Attempt) =>
      how === "preview"
        ? answer(api.POST("/api/sources/quarantine/preview", { body }))
        : answer(api.POST("/api/sources/quarantine/replay", { body })),
    onSettled: () => (how === "replay" ? askAgain(client, { queryKey: SOURCES }) : undefined),
  });
}

export function useGiveUp() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Attempt) => answer(api.POST("/api/sources/quarantine/give-up", { body })),
    onSettled: () => askAgain(client, { queryKey: SOURCES }),
  });
}

/** What is being done with waiting rows, asked while it is shown. */
export function useMendingWork(): UseQueryResult<MendingWork> {
  return useQuery({
    queryKey: ["quarantine-work"],
    queryFn: ({ signal }) => answer(api.GET("/api/sources/quarantine/work", { signal })),
    refetchInterval: POLL_MS,
  });
}
