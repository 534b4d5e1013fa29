import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { answer, api, request } from "../base/api/client";
import type {
  BehindAnswered,
  ComparisonAnswered,
  ConditionField,
  ConditionRead,
  FieldValue,
  FlowPicturesAnswered,
  PathsPictureAnswered,
  QuestionProgress,
  SavedQuestion,
  SavedSegment,
  TiedPersona,
  VocabularyNames,
} from "../base/api/schema.gen";
import type { Answered, QuestionName } from "./questions";

/** Where everything about journeys is asked. */
export const ROOT = "/api/journeys";
export const SAVED_KEY = ["journeys", "saved"] as const;
export const SEGMENTS_KEY = ["journeys", "segments"] as const;

/** A name for one asking of a question, by which it can be watched and cancelled. */
export function ticketOf(key: string): string {
  const random = crypto.getRandomValues(new Uint32Array(2));
  return `${key.length.toString(36)}-${[...random].map((each) => each.toString(36)).join("")}`;
}

/** Tickets of questions on their way, by their address. */
const running = new Map<string, string>();

/** Whoever closes the page, or leaves the application, stops waiting too. */
window.addEventListener("pagehide", () => {
  for (const ticket of running.values()) void cancelTicket(ticket);
});

/** The key under which the answer of an address is kept. */
export function questionKey(address: string): readonly string[] {
  const place = address.indexOf("?");
  return ["journeys", ...(place < 0 ? [address, ""] : [address.slice(0, place), address.slice(place + 1)])];
}

/** Ask with a ticket; whoever stops waiting stops the work too. */
async function askWithTicket<T>(path: string, query: string, signal: AbortSignal): Promise<T> {
  const address = `${path}?${query}`;
  const ticket = ticketOf(address);
  const stop = () => void cancelTicket(ticket);
  running.set(address, ticket);
  signal.addEventListener("abort", stop);
  try {
    const response = await request(`${ROOT}/${address}${query === "" ? "" : "&"}ticket=${ticket}`, { signal });
    return (await response.json()) as T;
  } finally {
    signal.removeEventListener("abort", stop);
    if (running.get(address) === ticket) running.delete(address);
  }
}

/** Stop working out what was asked with a ticket. */
async function cancelTicket(ticket: string): Promise<void> {
  const path = `${ROOT}/questions/${ticket}/cancel`;
  await request(path, { method: "POST", keepalive: true }).catch(() => undefined);
}

/** How far a question is that is on its way; undefined where none is. */
export async function progressOf(address: string): Promise<QuestionProgress | undefined> {
  const ticket = running.get(address);
  if (ticket === undefined) return undefined;
  return (await (await request(`${ROOT}/progress/${ticket}`)).json()) as QuestionProgress;
}

function useTicketed<T>(path: string, query: string, enabled: boolean): UseQueryResult<T> {
  return useQuery({
    queryKey: questionKey(`${path}?${query}`),
    queryFn: ({ signal }) => askWithTicket<T>(path, query, signal),
    enabled,
    staleTime: 60_000,
  });
}

/** The answer of a question. */
export function useAnswer<Q extends QuestionName>(
  question: Q,
  query: string,
  enabled = true,
): UseQueryResult<Answered<Q>> {
  return useTicketed<Answered<Q>>(`questions/${question}`, query, enabled);
}

/** The flow laid out for drawing. */
export function useFlowPictures(query: string): UseQueryResult<FlowPicturesAnswered> {
  return useTicketed<FlowPicturesAnswered>("pictures/flow", query, true);
}

/** The paths laid out for drawing. */
export function usePathsPicture(query: string): UseQueryResult<PathsPictureAnswered> {
  return useTicketed<PathsPictureAnswered>("pictures/paths", query, true);
}

/** Two groups side by side. */
export function useComparison(of: string, query: string): UseQueryResult<ComparisonAnswered> {
  return useTicketed<ComparisonAnswered>(`comparisons/${of}`, query, true);
}

/** The Vega-Lite specification of the chart of an answer. */
export function useChart(path: string, query: string): UseQueryResult<Record<string, unknown>> {
  return useTicketed<Record<string, unknown>>(`${path}.json`, query, true);
}

/** The journeys behind a number. */
export function useBehind(number: string, enabled: boolean): UseQueryResult<BehindAnswered> {
  const [kind = "", query = ""] = number.split("?");
  return useTicketed<BehindAnswered>(`behind/${kind}`, query, enabled);
}

/** What questions can name. */
export function useNames(): UseQueryResult<VocabularyNames> {
  return useQuery({
    queryKey: ["journeys", "names"],
    queryFn: ({ signal }) => answer(api.GET("/api/journeys/names", { signal })),
    staleTime: 300_000,
  });
}

/** The fields that conditions can ask for. */
export function useFields(): UseQueryResult<ConditionField[]> {
  return useQuery({
    queryKey: ["journeys", "fields"],
    queryFn: ({ signal }) => answer(api.GET("/api/journeys/fields", { signal })),
    staleTime: 300_000,
  });
}

/** The most frequent values of a field. */
export function useValues(field: string, containing: string, enabled: boolean): UseQueryResult<FieldValue[]> {
  return useQuery({
    queryKey: ["journeys", "values", field, containing],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/journeys/values", { params: { query: { field, containing } }, signal })),
    enabled,
    retry: false,
    placeholderData: keepPreviousData,
    staleTime: 300_000,
  });
}

/** A condition as it was read, with what in it nothing has. */
export function useConditionRead(text: string, enabled: boolean): UseQueryResult<ConditionRead> {
  return useQuery({
    queryKey: ["journeys", "condition", text],
    queryFn: ({ signal }) => answer(api.GET("/api/journeys/condition", { params: { query: { text } }, signal })),
    enabled: enabled && text.trim() !== "",
    retry: false,
    staleTime: 60_000,
  });
}

/** The saved questions of the workspace. */
export function useSaved(): UseQueryResult<SavedQuestion[]> {
  return useQuery({
    queryKey: SAVED_KEY,
    queryFn: ({ signal }) => answer(api.GET("/api/journeys/saved", { signal })),
  });
}

/** The segments that somebody saved. */
export function useSegments(): UseQueryResult<SavedSegment[]> {
  return useQuery({
    queryKey: SEGMENTS_KEY,
    queryFn: ({ signal }) => answer(api.GET("/api/journeys/segments", { signal })),
    staleTime: 60_000,
  });
}

/** The personas that are tied to customers. */
export function useTiedPersonas(): UseQueryResult<TiedPersona[]> {
  return useQuery({
    queryKey: ["maps", "personas", "tied"],
    queryFn: ({ signal }) => answer(api.GET("/api/evidence/personas", { signal })),
    staleTime: 60_000,
  });
}
