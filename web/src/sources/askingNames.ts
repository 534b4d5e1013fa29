import { type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { askAgain } from "../base/api/askAgain";
import { answer, api } from "../base/api/client";
import type { ChangedTaxonomy, ProposedJoins, TaxonomyView } from "../base/api/schema.gen";

const TAXONOMY = ["taxonomy"] as const;

export function useTaxonomy(): UseQueryResult<TaxonomyView> {
  return useQuery({
    queryKey: [...TAXONOMY, "view"],
    queryFn: ({ signal }) => answer(api.GET("/api/interactions/taxonomy", { signal })),
  });
}

export function useProposedJoins(): UseQueryResult<ProposedJoins> {
  return useQuery({
    queryKey: [...TAXONOMY, "proposals"],
    queryFn: ({ signal }) => answer(api.GET("/api/interactions/taxonomy/proposals", { signal })),
  });
}

/** Put a taxonomy in place; everything that was asked before is old then, for names are in all answers. */
export function useSaveTaxonomy(done: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ChangedTaxonomy) => answer(api.PUT("/api/interactions/taxonomy", { body })),
    onSuccess: async (saved) => {
      client.setQueryData([...TAXONOMY, "view"], saved);
      await askAgain(client, { predicate: (query) => query.queryKey[1] !== "view" });
      done();
    },
  });
}
