import { type QueryClient, type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { askAgain } from "../base/api/askAgain";
import { answer, api } from "../base/api/client";
import type {
  Ask,
  HomeFigures,
  HomeFindings,
  HomeMaps,
  HomeSources,
  HomeView,
  Tile,
  Working,
} from "../base/api/schema.gen";

/** What a function sees. */
export const FUNCTIONS = ["overview", "marketing", "sales", "service", "product", "finance"] as const;
export type HomeFunction = (typeof FUNCTIONS)[number];
export type Mark = "new" | "seen" | "dismissed";

const FINDINGS = ["home", "findings"] as const;
const POLL_MS = 400;

interface Unfinished {
  readonly working: Working | null;
}

/** Asks again while the server is still working it out. */
function whileWorking(query: { readonly state: { readonly data: Unfinished | undefined } }): number | false {
  return query.state.data?.working == null ? false : POLL_MS;
}

export function useFigures(period: string, segment: string): UseQueryResult<HomeFigures> {
  const query = segment === "" ? { period } : { period, segment };
  return useQuery({
    queryKey: ["home", "figures", query],
    queryFn: ({ signal }) => answer(api.GET("/api/home/figures", { params: { query }, signal })),
    refetchInterval: whileWorking,
  });
}

export function useFindings(): UseQueryResult<HomeFindings> {
  return useQuery({
    queryKey: FINDINGS,
    queryFn: ({ signal }) => answer(api.GET("/api/home/findings", { signal })),
    refetchInterval: whileWorking,
  });
}

export function useMapsToReview(): UseQueryResult<HomeMaps> {
  return useQuery({
    queryKey: ["home", "maps"],
    queryFn: ({ signal }) => answer(api.GET("/api/home/maps", { signal })),
    refetchInterval: whileWorking,
  });
}

export function useSources(): UseQueryResult<HomeSources> {
  return useQuery({
    queryKey: ["home", "sources"],
    queryFn: ({ signal }) => answer(api.GET("/api/home/sources", { signal })),
    refetchInterval: whileWorking,
  });
}

/** Notes what the person did with a finding; shown at once, taken back where the server refuses it. */
export function useMark(): (finding: string, mark: Mark) => void {
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: ({ finding, mark }: { readonly finding: string; readonly mark: Mark }) =>
      answer(api.PUT("/api/home/findings", { body: { findings: [finding], mark } })),
    onMutate: async ({ finding, mark }) => {
      await client.cancelQueries({ queryKey: FINDINGS });
      client.setQueryData<HomeFindings>(FINDINGS, (known) =>
        known === undefined
          ? known
          : { ...known, findings: known.findings.map((each) => (each.id === finding ? { ...each, mark } : each)) },
      );
    },
    onError: () => askAgain(client, { queryKey: FINDINGS }),
  });
  return (finding, mark) => mutate({ finding, mark });
}

function viewKey(view: HomeFunction): readonly unknown[] {
  return ["home", "view", view];
}

export function useView(view: HomeFunction): UseQueryResult<HomeView> {
  return useQuery({
    queryKey: viewKey(view),
    queryFn: ({ signal }) =>
      answer(api.GET("/api/home/views/{function}", { params: { path: { function: view } }, signal })),
    staleTime: 300_000,
  });
}

/** How a view is arranged; the default again for `null`. */
export function useArrange(view: HomeFunction): (tiles: readonly Tile[] | null) => void {
  const client = useQueryClient();
  const params = { path: { function: view } };
  const { mutate } = useMutation({
    mutationFn: (tiles: readonly Tile[] | null) =>
      answer(
        tiles === null
          ? api.DELETE("/api/home/views/{function}", { params })
          : api.PUT("/api/home/views/{function}", { params, body: { tiles: [...tiles] } }),
      ),
    onMutate: async (tiles) => {
      await client.cancelQueries({ queryKey: viewKey(view) });
      if (tiles !== null) show(client, view, tiles);
    },
    onSuccess: (saved, tiles) => {
      if (tiles === null) client.setQueryData(viewKey(view), saved);
    },
    onError: () => askAgain(client, { queryKey: viewKey(view) }),
    scope: { id: `home-view-${view}` },
  });
  return mutate;
}

function show(client: QueryClient, view: HomeFunction, tiles: readonly Tile[]): void {
  client.setQueryData<HomeView>(viewKey(view), (known) =>
    known === undefined ? known : { ...known, is_own: true, tiles: [...tiles] },
  );
}

/** The address in Explore of a question with its options. */
export function addressOf(ask: Ask): string {
  return `/explore/${ask.question}?${new URLSearchParams(ask.parameters as Record<string, string>)}`;
}
