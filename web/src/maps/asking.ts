import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../base/api/client";

/** The key of everything about maps; after a save all of it is asked again. */
export const MAPS_KEY = ["maps"] as const;

/** What the library is searched and filtered by, as it stands in the address. */
export interface LibraryFilter {
  readonly search?: string;
  readonly level?: string;
  readonly state?: string;
  readonly tag?: string;
  readonly persona?: string;
  readonly journey?: string;
}

export function useLibrary(filter: LibraryFilter = {}) {
  return useQuery({
    queryKey: [...MAPS_KEY, "library", filter],
    queryFn: ({ signal }) => answer(api.GET("/api/maps/library", { params: { query: filter }, signal })),
    placeholderData: (before) => before,
  });
}

export function useDocument(kind: string, ident: string, enabled = true) {
  return useQuery({
    queryKey: [...MAPS_KEY, "document", kind, ident],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/maps/documents/{kind}/{ident}", { params: { path: { kind, ident } }, signal })),
    enabled,
  });
}

export function usePersonas(search = "") {
  return useQuery({
    queryKey: [...MAPS_KEY, "personas", search],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/maps/documents/{kind}", { params: { path: { kind: "persona" }, query: { search } }, signal }),
      ),
    placeholderData: (before) => before,
  });
}

export function useVersions(kind: string, ident: string, enabled = true) {
  return useQuery({
    queryKey: [...MAPS_KEY, "versions", kind, ident],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/maps/documents/{kind}/{ident}/versions", { params: { path: { kind, ident } }, signal })),
    enabled,
  });
}

/** The journey definitions that a map can be tied to. */
export function useJourneys() {
  return useQuery({
    queryKey: [...MAPS_KEY, "definitions"],
    queryFn: ({ signal }) => answer(api.GET("/api/journeys/definitions", { signal })),
  });
}

/** How many threads of each map are not settled. */
export function useOpenThreads() {
  return useQuery({
    queryKey: [...MAPS_KEY, "threads"],
    queryFn: ({ signal }) => answer(api.GET("/api/maps/comments/open", { signal })),
  });
}
