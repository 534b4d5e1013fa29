import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { askAgain } from "../base/api/askAgain";
import { answer, api } from "../base/api/client";
import { ApiError } from "../base/api/errors";
import type {
  AccessEvent,
  AccessKey,
  CalendarText,
  CostsText,
  KeyMade,
  Link,
  LinkMade,
  LinkUse,
  Me,
  NamedCalendarText,
  Person,
  Role,
  Session,
  SettingsAnswer,
} from "../base/api/schema.gen";
import { ME_KEY } from "../base/me";

const PEOPLE = ["accounts", "people"] as const;
const KEYS = ["accounts", "keys"] as const;
const SESSIONS = ["accounts", "sessions"] as const;
const EVENTS = ["accounts", "events"] as const;

export const ROLES: readonly Role[] = ["viewer", "agent", "editor", "analyst", "admin"];

/** Who is signed in, with what only these pages need: how, and in which session. */
export function useAskAccount(): UseQueryResult<Me> {
  return useQuery({
    queryKey: [...ME_KEY, "account"],
    queryFn: ({ signal }) => answer(api.GET("/api/accounts/me", { signal })),
  });
}

export function useAskPeople(): UseQueryResult<Person[]> {
  return useQuery({ queryKey: PEOPLE, queryFn: ({ signal }) => answer(api.GET("/api/accounts/people", { signal })) });
}

export function useAskKeys(): UseQueryResult<AccessKey[]> {
  return useQuery({ queryKey: KEYS, queryFn: ({ signal }) => answer(api.GET("/api/accounts/keys", { signal })) });
}

export function useAskSessions(): UseQueryResult<Session[]> {
  return useQuery({
    queryKey: SESSIONS,
    queryFn: ({ signal }) => answer(api.GET("/api/accounts/sessions", { signal })),
  });
}

export function useAskEvents(): UseQueryResult<AccessEvent[]> {
  return useQuery({ queryKey: EVENTS, queryFn: ({ signal }) => answer(api.GET("/api/accounts/events", { signal })) });
}

export function useAskSettings(): UseQueryResult<SettingsAnswer> {
  return useQuery({ queryKey: ["settings"], queryFn: ({ signal }) => answer(api.GET("/api/settings", { signal })) });
}

/** Say what contacts cost; every answer may be another one then. */
export function useSetCosts(): UseMutationResult<unknown, Error, CostsText> {
  return useChangingSettings((body) => answer(api.PUT("/api/settings/costs", { body })));
}

/** A calendar to save, or to remove: that of the company where it has no name. */
export type Asked =
  | { readonly company: CalendarText }
  | { readonly named: NamedCalendarText }
  | { readonly remove: string | null; readonly revision: string | null };

/** Say when the company is open, or some of its channels or teams. */
export function useSetCalendar(): UseMutationResult<unknown, Error, Asked> {
  return useChangingSettings((asked) => {
    if ("company" in asked) return answer(api.PUT("/api/settings/calendar", { body: asked.company }));
    if ("named" in asked) return answer(api.PUT("/api/settings/calendars", { body: asked.named }));
    const { remove: name, revision } = asked;
    return name === null
      ? answer(api.DELETE("/api/settings/calendar", { params: { query: { revision } } }))
      : answer(api.DELETE("/api/settings/calendars", { params: { query: { name, revision } } }));
  });
}

/** What a one-time link is for. */
export function useAskLink(token: string): UseQueryResult<Link> {
  return useQuery({
    queryKey: ["accounts", "link", token],
    queryFn: ({ signal }) => answer(api.POST("/api/accounts/links/look", { body: { token }, signal })),
    enabled: token !== "",
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** Begin a session, and forget what was known before. */
export function useSignIn(): UseMutationResult<unknown, Error, { readonly email: string; readonly password: string }> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body) => answer(api.POST("/api/accounts/sign-in", { body })),
    onSuccess: () => client.clear(),
  });
}

/** Set name and password with a one-time link, which begins a session. */
export function useUseLink(): UseMutationResult<unknown, Error, LinkUse> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body) => answer(api.POST("/api/accounts/links", { body })),
    onSuccess: () => client.clear(),
  });
}

export function useChangePassword(): UseMutationResult<unknown, Error, { readonly old: string; readonly new: string }> {
  return useChanging((body) => answer(api.POST("/api/accounts/password", { body })));
}

export function useEndSession(): UseMutationResult<unknown, Error, number> {
  return useChanging((session) =>
    answer(api.DELETE("/api/accounts/sessions/{session}", { params: { path: { session } } })),
  );
}

export function useSignOutEverywhere(): UseMutationResult<unknown, Error, void> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => answer(api.POST("/api/accounts/sign-out-everywhere")),
    onSuccess: () => client.clear(),
  });
}

interface Invited {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

export function useInvite(): UseMutationResult<LinkMade, Error, Invited> {
  return useChanging((body) => answer(api.POST("/api/accounts/people", { body })));
}

export function useSetRole(): UseMutationResult<Person, Error, { readonly person: number; readonly role: Role }> {
  return useChanging(({ person, role }) =>
    answer(api.POST("/api/accounts/people/{person}/role", { params: { path: { person } }, body: { role } })),
  );
}

export function useNewLink(): UseMutationResult<LinkMade, Error, number> {
  return useChanging((person) =>
    answer(api.POST("/api/accounts/people/{person}/link", { params: { path: { person } } })),
  );
}

export function useRemovePerson(): UseMutationResult<unknown, Error, number> {
  return useChanging((person) => answer(api.DELETE("/api/accounts/people/{person}", { params: { path: { person } } })));
}

export function useMakeKey(): UseMutationResult<KeyMade, Error, { readonly name: string; readonly role: Role }> {
  return useChanging((body) => answer(api.POST("/api/accounts/keys", { body })));
}

export function useRevokeKey(): UseMutationResult<unknown, Error, number> {
  return useChanging((key) => answer(api.DELETE("/api/accounts/keys/{key}", { params: { path: { key } } })));
}

function useChangingSettings<Asked>(
  change: (asked: Asked) => Promise<unknown>,
): UseMutationResult<unknown, Error, Asked> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => askAgain(client),
    onError: (error) =>
      error instanceof ApiError && error.status === 409 ? askAgain(client, { queryKey: ["settings"] }) : undefined,
  });
}

/** A change after which everything about accounts is asked again. */
function useChanging<Answer, Asked>(
  change: (asked: Asked) => Promise<Answer>,
): UseMutationResult<Answer, Error, Asked> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => askAgain(client, { queryKey: ["accounts"] }),
  });
}
