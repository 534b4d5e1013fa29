import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../../base/api/client";
import { MAPS_KEY } from "../asking";

/** What is different from one map to another. */
export function useDifferences(now: string, future: string) {
  return useQuery({
    queryKey: [...MAPS_KEY, "against", now, future],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/maps/map/{ident}/against/{other}", { params: { path: { ident: now, other: future } }, signal }),
      ),
  });
}
