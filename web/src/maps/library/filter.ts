import type { LibraryFilter } from "../asking";

/** The names of what the library is filtered by. */
export const FILTERS = ["search", "level", "state", "tag", "persona", "journey"] as const;

/** Why somebody should look at a map; filtered in the page, for staleness is measured. */
export const ATTENTIONS = ["overdue", "never-reviewed", "stale"] as const;
export type Attention = (typeof ATTENTIONS)[number];

/** Above this staleness a map counts as one that the data moved away from. */
export const STALE = 0.5;

/** The filter of an address. */
export function filterFrom(params: URLSearchParams): LibraryFilter {
  const said = FILTERS.flatMap((name) => {
    const value = params.get(name);
    return value ? [[name, value] as const] : [];
  });
  return Object.fromEntries(said);
}

/** What an address asks to be looked at; nothing where it says something else. */
export function attentionFrom(params: URLSearchParams): Attention | undefined {
  return ATTENTIONS.find((each) => each === params.get("attention"));
}
