import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failed } from "./Failed";
import { Loading } from "./Loading";

interface AskedProps<T> {
  readonly query: UseQueryResult<T>;
  readonly lines?: number;
  /** Whether it is the whole page. */
  readonly isPage?: boolean;
  readonly children: (data: T) => ReactNode;
}

/** The answer of a query, or its place while it is on its way, or why it failed. */
export function Asked<T>({ query, lines = 6, isPage = false, children }: AskedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) {
    return <Failed error={query.error} onRetry={() => void query.refetch()} isPage={isPage} />;
  }
  return <Loading lines={lines} />;
}
