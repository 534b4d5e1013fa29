import { answer, api } from "../../../base/api/client";
import { ApiError } from "../../../base/api/errors";
import type { Terms } from "./Session";

/** Ask how a map can be edited; without the server, what it said before in this window: the browser has the map then too. */
export async function askTerms(map: string, signal: AbortSignal): Promise<Terms> {
  const key = `desireline-terms-${map}`;
  try {
    const path = { ident: map };
    const found = await answer(api.GET("/api/maps/map/{ident}/together", { params: { path }, signal }));
    const terms = { room: found.room, mayWrite: found.may_write, name: found.name };
    sessionStorage.setItem(key, JSON.stringify(terms));
    return terms;
  } catch (error) {
    const known = error instanceof ApiError && error.status === 0 ? sessionStorage.getItem(key) : null;
    if (known === null) throw error;
    return JSON.parse(known) as Terms;
  }
}
