import { queryOptions, useQuery } from "@tanstack/react-query";
import { answer, api } from "../base/api/client";
import { MAPS_KEY } from "../maps/asking";

/** Which journeys are looked at, as it stands in the address; what is empty the map says. */
export interface Chosen {
  readonly period?: string;
  readonly segment?: string;
  /** Also for the customers of each persona that has a segment. */
  readonly personas?: true;
}

/** The part of an address that says which journeys are looked at. */
export function chosenFrom(params: URLSearchParams): Chosen {
  const period = params.get("period");
  const segment = params.get("segment");
  const personas = params.get("personas") === "1";
  return { ...(period ? { period } : {}), ...(segment ? { segment } : {}), ...(personas ? { personas } : {}) };
}

/** The same without personas, for questions that are about everybody. */
export function everybodyFrom(params: URLSearchParams): Pick<Chosen, "period" | "segment"> {
  const { personas: _, ...chosen } = chosenFrom(params);
  return chosen;
}

/** The parts of an address that a {@link Chosen} asks the server with. */
export function queryOf({ personas, ...texts }: Chosen): Record<string, string> {
  return { ...texts, ...(personas ? { personas: "true" } : {}) };
}

/** The question how journeys follow a map, with what was measured at its steps. */
export function checkQuery(map: string, chosen: Chosen = {}) {
  return queryOptions({
    queryKey: [...MAPS_KEY, "check", map, chosen],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/evidence/maps/{ident}/check", { params: { path: { ident: map }, query: chosen }, signal })),
  });
}

/** How journeys follow a map, with what was measured at its steps. */
export function useCheck(map: string, chosen: Chosen = {}, enabled = true) {
  return useQuery({ ...checkQuery(map, chosen), enabled });
}

/** How stale each map is, by id. */
export function useStaleness() {
  return useQuery({
    queryKey: [...MAPS_KEY, "staleness"],
    queryFn: ({ signal }) => answer(api.GET("/api/evidence/staleness", { signal })),
    select: (found) => new Map(found.maps.map((each) => [each.map, each])),
  });
}

/** How many interactions and customers meet a condition. */
export function useConditionCount(where: string) {
  return useQuery({
    queryKey: [...MAPS_KEY, "count", where],
    queryFn: ({ signal }) => answer(api.GET("/api/evidence/count", { params: { query: { where } }, signal })),
    enabled: where.trim() !== "",
    retry: false,
  });
}
