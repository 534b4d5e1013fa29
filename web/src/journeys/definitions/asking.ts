import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { askAgain } from "../../base/api/askAgain";
import { answer, api } from "../../base/api/client";
import type { ConditionCount, DefinitionAnswer, MapCard } from "../../base/api/schema.gen";
import { bodyOf, type Draft } from "./definition";
import { asksAbout, type Dependents, isMeasuredWith } from "./dependents";

const DEFINITIONS_KEY = ["journeys", "definitions"];

/** The journeys that are defined. */
export function useDefinitions(): UseQueryResult<DefinitionAnswer[]> {
  return useQuery({
    queryKey: DEFINITIONS_KEY,
    queryFn: ({ signal }) => answer(api.GET("/api/journeys/definitions", { signal })),
  });
}

/** A definition to save; `revision`: of what it replaces, empty where it is new. */
interface Saving {
  readonly draft: Draft;
  readonly revision: string;
}

/** Define a journey; every answer may be another one then. */
export function useSetDefinition(): UseMutationResult<DefinitionAnswer, Error, Saving> {
  return useChanging(({ draft, revision }) =>
    answer(
      api.PUT("/api/journeys/definitions/{ident}", {
        params: { path: { ident: draft.id } },
        body: bodyOf(draft, revision),
      }),
    ),
  );
}

export function useRemoveDefinition(): UseMutationResult<unknown, Error, Pick<DefinitionAnswer, "id" | "revision">> {
  return useChanging(({ id, revision }) =>
    answer(api.DELETE("/api/journeys/definitions/{ident}", { params: { path: { ident: id }, query: { revision } } })),
  );
}

function useChanging<Answer, Asked>(
  change: (asked: Asked) => Promise<Answer>,
): UseMutationResult<Answer, Error, Asked> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => void askAgain(client),
    onError: () => void askAgain(client, { queryKey: DEFINITIONS_KEY }),
  });
}

/** How many interactions and customers meet a condition. */
export function useConditionCount(where: string): UseQueryResult<ConditionCount> {
  return useQuery({
    queryKey: ["journeys", "count", where],
    queryFn: ({ signal }) => answer(api.GET("/api/evidence/count", { params: { query: { where } }, signal })),
    enabled: where !== "",
    retry: false,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  });
}

/** The saved questions and maps that name a journey. */
export function useDependents(definition: DefinitionAnswer): UseQueryResult<Dependents> {
  return useQuery({
    queryKey: ["journeys", "dependents", definition.id, definition.name],
    queryFn: async ({ signal }) => {
      const [saved, maps] = await Promise.all([
        answer(api.GET("/api/journeys/saved", { signal })),
        mapsMeasuredWith(definition, signal),
      ]);
      return { questions: saved.filter((each) => asksAbout(each.parameters, definition)), maps };
    },
    staleTime: 0,
  });
}

async function mapsMeasuredWith(definition: DefinitionAnswer, signal: AbortSignal): Promise<MapCard[]> {
  const search = (words: string) =>
    answer(api.GET("/api/maps/library", { params: { query: { search: words } }, signal }));
  const found = await Promise.all([search(definition.id), search(definition.name)]);
  const cards = [...new Map(found.flatMap(({ maps }) => maps).map((each) => [each.id, each])).values()];
  const texts = await Promise.all(
    cards.map(({ id }) =>
      answer(api.GET("/api/maps/documents/{kind}/{ident}", { params: { path: { kind: "map", ident: id } }, signal })),
    ),
  );
  return cards.filter((_, place) => isMeasuredWith(texts[place]?.text ?? "", definition));
}
