import { type QueryFilters, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { answer, api } from "../../base/api/client";
import type { CommentAnswer, ThreadAnswer, ThreadsAnswer } from "../../base/api/schema.gen";
import { MAPS_KEY } from "../asking";

export type AboutKind = CommentAnswer["place_kind"];

/** What a comment is about; the id of the map itself is "". */
export interface About {
  readonly kind: AboutKind;
  readonly id: string;
}

const KINDS: readonly AboutKind[] = ["map", "phase", "step", "lane", "cell"];

/** What a comment is about, as text: for the address of the page, and to look it up. */
export function aboutName({ kind, id }: About): string {
  return kind === "map" ? "map" : `${kind}/${id}`;
}

/** What a text names; undefined where it names nothing. */
export function readAbout(name: string | null | undefined): About | undefined {
  const [kind, id = ""] = (name ?? "").split("/", 2);
  const known = KINDS.find((each) => each === kind);
  return known === undefined || (known !== "map" && id === "") ? undefined : { kind: known, id };
}

const ABOUT_COMMENTS: ReadonlySet<unknown> = new Set(["comments", "threads", "mentions"]);

/** What is to be asked again after somebody wrote, settled or removed a comment. */
export const COMMENT_QUERIES: QueryFilters = {
  predicate: ({ queryKey: [first, second] }) => first === MAPS_KEY[0] && ABOUT_COMMENTS.has(second),
};

/** The threads of a map, settled ones too. */
export function useThreads(map: string): UseQueryResult<ThreadsAnswer> {
  return useQuery({
    queryKey: [...MAPS_KEY, "comments", map],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/maps/map/{ident}/comments", { params: { path: { ident: map } }, signal })),
    refetchInterval: 30_000,
  });
}

export function isSettled({ comment }: ThreadAnswer): boolean {
  return comment.resolved_at !== null;
}

export function aboutOf({ comment }: ThreadAnswer): About {
  return { kind: comment.place_kind, id: comment.place };
}

/** By what threads are about, named as `aboutName` says, how many of them are not settled. */
export function openByPlace(threads: readonly ThreadAnswer[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const each of threads) {
    if (isSettled(each)) continue;
    const name = aboutName(aboutOf(each));
    found.set(name, (found.get(name) ?? 0) + 1);
  }
  return found;
}
