import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { answer, api } from "../base/api/client";
import type { CommentsAnswer } from "../base/api/schema.gen";

/** The comments of open threads that name whoever is signed in; by itself, as the navigation asks it of every page. */
export function useMentions(): UseQueryResult<CommentsAnswer> {
  return useQuery({
    queryKey: ["maps", "mentions"],
    queryFn: ({ signal }) => answer(api.GET("/api/maps/comments/mine", { signal })),
    staleTime: 60_000,
  });
}
