import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { request } from "../../base/api/client";
import { ApiError } from "../../base/api/errors";
import type { SharedMap } from "../../base/api/schema.gen";

/** A link that was opened, and what is to be done where it shows nothing any more. */
export interface OpenedLink {
  readonly token: string;
  readonly shared: SharedMap;
  readonly onRefused: (error: ApiError) => void;
}

/** Whether the link has ended, was taken back, or leads to a map that was deleted. */
export function hasEnded(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 410;
}

/** Whether the password has to be given again. */
export function asksPassword(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === "access.share_password";
}

/** The address of something that a link shows, of one of its maps. */
export function sharedAddress(token: string, path: string, of: Readonly<Record<string, string>>): string {
  return `/api/shared/${encodeURIComponent(token)}/${path}?${new URLSearchParams(of).toString()}`;
}

/** Ask for something that a link shows; that it has ended is told to the page. */
export function useShared<Answer>(
  { token, shared, onRefused }: OpenedLink,
  address: string,
  read: (answer: Response) => Promise<Answer>,
): UseQueryResult<Answer> {
  const query = useQuery<Answer, Error, Answer, readonly [string, string, string]>({
    queryKey: ["shared", token, address],
    queryFn: async ({ signal }) =>
      read(await request(address, { headers: { "X-Share-Ticket": shared.ticket }, signal })),
    placeholderData: (before, query) => (mapOf(query?.queryKey[2]) === mapOf(address) ? before : undefined),
    retry: (times, error) => times < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
  });
  const { error } = query;
  useEffect(() => {
    if (hasEnded(error) || asksPassword(error)) onRefused(error);
  }, [error, onRefused]);
  return query;
}

function mapOf(address: string | undefined): string | null {
  return new URLSearchParams(address?.split("?")[1]).get("map");
}
