import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { createContext, use } from "react";
import { request } from "./api/client";

/** Who is signed in, what they may do, and the workspace they look at. */
export interface Me {
  readonly name: string;
  readonly role: string;
  /** Such as `look`, `draw`, `see_customers`, `log_interactions`, `change_data`, `administer`. */
  readonly rights: readonly string[];
  /** How they proved it; whoever opens the demo is signed in without doing anything. */
  readonly way: "session" | "key" | "demo";
  readonly workspace: string;
  readonly timezone: string;
}

export const MeContext = createContext<Me | undefined>(undefined);

export const ME_KEY = ["accounts", "me"] as const;

export function useAskMe(): UseQueryResult<Me> {
  return useQuery({
    queryKey: ME_KEY,
    queryFn: async ({ signal }) => (await (await request("/api/accounts/me", { signal })).json()) as Me,
    staleTime: 60_000,
    retry: false,
  });
}

/** Who is signed in; only inside of the shell. */
export function useMe(): Me {
  const me = use(MeContext);
  if (me === undefined) throw new Error("useMe outside of MeContext");
  return me;
}

/** Whether the person has a right. */
export function useMay(right: string): boolean {
  return useMe().rights.includes(right);
}
