import { type UseQueryResult, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { askAgain } from "../base/api/askAgain";
import { answer, api } from "../base/api/client";
import type {
  ImportsAnswer,
  MappingWords,
  QuarantineAnswer,
  SourceMapping,
  SourcesAnswer,
  Upload,
  UploadsAnswer,
} from "../base/api/schema.gen";
import type { MappingDocument } from "./mapping";

const SOURCES = ["sources"] as const;
const UPLOADS = ["uploads"] as const;
const POLL_MS = 700;
const AT_WORK = new Set(["recognising", "previewing", "importing"]);

/** Whether the server is doing something with a file, or will. */
export function isAtWork(upload: Upload): boolean {
  return AT_WORK.has(upload.state);
}

export function useSources(): UseQueryResult<SourcesAnswer> {
  return useQuery({
    queryKey: [...SOURCES, "list"],
    queryFn: ({ signal }) => answer(api.GET("/api/sources", { signal })),
  });
}

export function useImports(): UseQueryResult<ImportsAnswer> {
  return useQuery({
    queryKey: [...SOURCES, "imports"],
    queryFn: ({ signal }) => answer(api.GET("/api/sources/imports", { params: { query: { count: 20 } }, signal })),
  });
}

/** The mapping of a source; asked for when it is wanted. */
export function useSourceMapping(source: string, wanted: boolean): UseQueryResult<SourceMapping> {
  return useQuery({
    queryKey: [...SOURCES, "mapping", source],
    queryFn: ({ signal }) => answer(api.GET("/api/sources/mapping", { params: { query: { source } }, signal })),
    enabled: wanted,
  });
}

export function useMappingWords(): UseQueryResult<MappingWords> {
  return useQuery({
    queryKey: ["mapping-words"],
    queryFn: ({ signal }) => answer(api.GET("/api/sources/mapping-words", { signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** All uploads, asked again while one is at work. */
export function useUploads(wanted = true): UseQueryResult<UploadsAnswer> {
  return useQuery({
    queryKey: [...UPLOADS, "list"],
    queryFn: ({ signal }) => answer(api.GET("/api/sources/uploads", { signal })),
    refetchInterval: (query) => (query.state.data?.uploads.some(isAtWork) === true ? POLL_MS * 2 : false),
    enabled: wanted,
  });
}

/** One upload, asked again while it is at work. */
export function useUpload(upload: string): UseQueryResult<Upload> {
  return useQuery({
    queryKey: [...UPLOADS, upload],
    queryFn: ({ signal }) => answer(api.GET("/api/sources/uploads/{upload}", { params: { path: { upload } }, signal })),
    refetchInterval: (query) => (query.state.data !== undefined && isAtWork(query.state.data) ? POLL_MS : false),
  });
}

/** What can be asked of an upload. */
export type UploadStep =
  | { readonly step: "recognise"; readonly readAs?: string | undefined }
  | { readonly step: "map"; readonly document?: MappingDocument; readonly yaml?: string }
  | { readonly step: "preview" | "import" | "cancel" };

/** Ask something of an upload; what it is afterwards is shown at once. */
export function useUploadStep(upload: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (asked: UploadStep) => ask(upload, asked),
    onSuccess: (changed) => client.setQueryData([...UPLOADS, upload], changed),
  });
}

async function ask(upload: string, asked: UploadStep): Promise<Upload> {
  const params = { path: { upload } };
  switch (asked.step) {
    case "recognise":
      return answer(
        api.POST("/api/sources/uploads/{upload}/recognise", { params, body: { read_as: asked.readAs ?? null } }),
      );
    case "map":
      return answer(
        api.PUT("/api/sources/uploads/{upload}/mapping", {
          params,
          body: { document: asked.document ?? null, yaml: asked.yaml ?? null },
        }),
      );
    case "preview":
      return answer(api.POST("/api/sources/uploads/{upload}/preview", { params }));
    case "import":
      return answer(api.POST("/api/sources/uploads/{upload}/import", { params }));
    case "cancel":
      return answer(api.POST("/api/sources/uploads/{upload}/cancel", { params }));
  }
}

export function useDiscard(done: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (upload: string) => api.DELETE("/api/sources/uploads/{upload}", { params: { path: { upload } } }),
    onSuccess: done,
    onSettled: () => askAgain(client, { queryKey: UPLOADS }),
  });
}

/** After an import: everything that is made of the log is old. */
export function useForgetAll(): () => void {
  const client = useQueryClient();
  return () => void askAgain(client, { predicate: (query) => query.queryKey[0] !== UPLOADS[0] });
}

/** Which rows of the quarantine are looked at. */
export interface WaitingFilter {
  readonly source?: string | undefined;
  readonly reason?: string | undefined;
}

/** The rows that wait, in pages. */
export function useQuarantine(filter: WaitingFilter) {
  return useInfiniteQuery({
    queryKey: [...SOURCES, "quarantine", filter],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/sources/quarantine", {
          params: {
            query: {
              ...(filter.source === undefined ? {} : { source: filter.source }),
              ...(filter.reason === undefined ? {} : { reason: filter.reason }),
              ...(pageParam === undefined ? {} : { after: pageParam }),
            },
          },
          signal,
        }),
      ),
    getNextPageParam: (page: QuarantineAnswer) => page.next_after ?? undefined,
  });
}

/** A row of the quarantine with what was put right. */
export interface Mended {
  readonly source: string;
  readonly id: number;
  readonly values: Readonly<Record<string, unknown>>;
}

export function useMend() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ source, id, values }: Mended) =>
      answer(api.POST("/api/sources/quarantine/mend", { body: { source, rows: [{ id, values: { ...values } }] } })),
    onSettled: () => askAgain(client, { queryKey: SOURCES }),
  });
}
