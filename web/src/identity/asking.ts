import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { askAgain } from "../base/api/askAgain";
import { answer, api } from "../base/api/client";
import type {
  CustomerAnswer,
  CustomerFacts,
  CutMade,
  JourneyStanding,
  SearchAnswer,
  Timeline,
} from "../base/api/schema.gen";

const CUSTOMER = ["customer"] as const;
const PAGE = 50;

/** The customers that a text finds; asked for as soon as it may mean somebody. */
export function useSearch(text: string): UseQueryResult<SearchAnswer> {
  return useQuery({
    queryKey: ["identity", "search", text],
    queryFn: ({ signal }) => answer(api.POST("/api/identity/search", { body: { text }, signal })),
    enabled: text.trim() !== "",
    retry: false,
    gcTime: 60_000,
  });
}

export function useCustomer(customer: string): UseQueryResult<CustomerAnswer> {
  return useQuery({
    queryKey: [...CUSTOMER, customer, "identity"],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/identity/customers/{customer}", { params: { path: { customer } }, signal })),
  });
}

export function useFacts(customer: string): UseQueryResult<CustomerFacts> {
  return useQuery({
    queryKey: [...CUSTOMER, customer, "facts"],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/journeys/customers/{customer}/facts", { params: { path: { customer } }, signal })),
  });
}

export function useStanding(customer: string): UseQueryResult<JourneyStanding[]> {
  return useQuery({
    queryKey: [...CUSTOMER, customer, "standing"],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/journeys/customers/{customer}/standing", { params: { path: { customer } }, signal })),
  });
}

/** The timeline in pages, newest first. */
export function useTimeline(
  customer: string,
  channels: readonly string[],
): UseInfiniteQueryResult<InfiniteData<Timeline>> {
  return useInfiniteQuery({
    queryKey: [...CUSTOMER, customer, "timeline", channels],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/journeys/customers/{customer}/timeline", {
          params: {
            path: { customer },
            query: {
              count: PAGE,
              ...(channels.length > 0 ? { channel: [...channels] } : {}),
              ...(pageParam === undefined ? {} : { before: pageParam }),
            },
          },
          signal,
        }),
      ),
    getNextPageParam: (page: Timeline) => page.next_before ?? undefined,
  });
}

/** The numbers of two identifiers. */
export interface Two {
  readonly first: string;
  readonly second: string;
}

/** Cut a join; everything known of customers is asked again. */
export function useCut(done: (made: CutMade) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (two: Two) => answer(api.POST("/api/identity/cuts", { body: two })),
    onSuccess: async (made) => {
      await askAgain(client, { queryKey: CUSTOMER });
      done(made);
    },
  });
}

/** Take a cut back; everything known of customers is asked again. */
export function useTakeBack(done: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (two: Two) =>
      answer(api.DELETE("/api/identity/cuts/{first}/{second}", { params: { path: two } }) as Promise<{ data?: null }>),
    onSettled: () => askAgain(client, { queryKey: CUSTOMER }),
    onSuccess: done,
  });
}
