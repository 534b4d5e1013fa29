import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { answer, api } from "../../../base/api/client";
import type { CatalogueAnswer, ConditionCount, DocumentRow, NamedCount } from "../../../base/api/schema.gen";

const OLD = 60_000;

/** The documents of a kind that the library has; none while they are on their way. */
export function useDocuments(kind: "persona" | "metric" | "opportunity"): readonly DocumentRow[] {
  const { data } = useQuery({
    queryKey: ["maps", "editor", "documents", kind],
    staleTime: OLD,
    queryFn: ({ signal }) => answer(api.GET("/api/maps/documents/{kind}", { params: { path: { kind } }, signal })),
  });
  return data?.documents ?? [];
}

/** What pickers offer: usual touchpoints and channels. */
export function useCatalogue(): CatalogueAnswer | undefined {
  return useQuery({
    queryKey: ["maps", "editor", "catalogue"],
    staleTime: OLD,
    queryFn: ({ signal }) => answer(api.GET("/api/maps/catalogue", { signal })),
  }).data;
}

/** The touchpoints that customers really had, the most frequent first. */
export function useTouchpoints(): readonly NamedCount[] {
  const { data } = useQuery({
    queryKey: ["maps", "editor", "touchpoints"],
    staleTime: OLD,
    retry: false,
    queryFn: ({ signal }) => answer(api.GET("/api/journeys/names", { signal })),
  });
  return data?.touchpoints ?? [];
}

/** How many interactions meet a condition. */
export function useConditionCount(where: string): UseQueryResult<ConditionCount> {
  return useQuery({
    queryKey: ["maps", "editor", "count", where],
    enabled: where !== "",
    staleTime: OLD,
    retry: false,
    placeholderData: (before) => before,
    queryFn: ({ signal }) => answer(api.GET("/api/evidence/count", { params: { query: { where } }, signal })),
  });
}
