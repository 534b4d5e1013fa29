import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { answer, api } from "../../../base/api/client";
import type { CatalogueAnswer, ConditionCount, DocumentRow, NamedCount } from "../../../base/api/schema.gen";
import { useStanding } from "../reading";

const OLD = 60_000;

type Shared = "persona" | "metric" | "opportunity";

/** The documents of a kind that the library has; none while they are on their way, or are not wanted. */
export function useDocuments(kind: Shared, wanted = true): readonly DocumentRow[] {
  return useShared(kind, wanted) ?? [];
}

/** Whether the library is known not to have a thing that a map names. */
export function useIsGone(kind: Shared, id: string, wanted: boolean): boolean {
  const found = useShared(kind, wanted);
  return wanted && found !== undefined && !found.some((each) => each.id === id);
}

function useShared(kind: Shared, wanted: boolean): readonly DocumentRow[] | undefined {
  const { data } = useQuery({
    queryKey: ["maps", "editor", "documents", kind],
    staleTime: OLD,
    enabled: wanted,
    queryFn: ({ signal }) => answer(api.GET("/api/maps/documents/{kind}", { params: { path: { kind } }, signal })),
  });
  return data?.documents;
}

/** What a thing is called: as the map says, else as the library does where the map only names it. */
export function useNameOf(kind: Shared, wanted = true): (id: string, own: unknown) => string {
  const library = useDocuments(kind, wanted);
  return (id, own) => (typeof own === "string" ? own : (library.find((each) => each.id === id)?.name ?? id));
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

/** How many interactions meet a condition, asked while the line to the server is there. */
export function useConditionCount(where: string): UseQueryResult<ConditionCount> {
  const isOnline = useStanding().line === "online";
  return useQuery({
    queryKey: ["maps", "editor", "count", where],
    enabled: where !== "" && isOnline,
    staleTime: OLD,
    retry: false,
    placeholderData: (before) => before,
    queryFn: ({ signal }) => answer(api.GET("/api/evidence/count", { params: { query: { where } }, signal })),
  });
}
