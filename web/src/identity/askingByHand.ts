import { notifications } from "@mantine/notifications";
import { type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { askAgain } from "../base/api/askAgain";
import { answer, api } from "../base/api/client";
import type { HandLogged, TaxonomyView } from "../base/api/schema.gen";
import { useWords } from "../base/words";
import { identityWords } from "./identityWords";

/** The names of touchpoints and channels as people see them. */
export function useTaxonomyNames(): UseQueryResult<TaxonomyView> {
  return useQuery({
    queryKey: ["taxonomy", "view"],
    queryFn: ({ signal }) => answer(api.GET("/api/interactions/taxonomy", { signal })),
  });
}

/** Log an interaction of a customer; everything that is made of the log is asked again. */
export function useLog(customer: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: HandLogged) =>
      answer(api.POST("/api/identity/customers/{customer}/interactions", { params: { path: { customer } }, body })),
    onSuccess: () => askAgain(client),
  });
}

/** Take back what was logged by hand, and tell how it went: whatever asked for it may be gone by then. */
export function useWithdraw(): (number: number) => void {
  const words = useWords(identityWords).byHand;
  const client = useQueryClient();
  return (number) => {
    const path = { number };
    answer(api.DELETE("/api/identity/interactions/{number}", { params: { path } }) as Promise<{ data?: null }>)
      .then(() => notifications.show({ message: words.takenBack, color: "path" }))
      .catch((error: unknown) =>
        notifications.show({ message: error instanceof Error ? error.message : String(error), color: "red" }),
      )
      .finally(() => void askAgain(client));
  };
}
