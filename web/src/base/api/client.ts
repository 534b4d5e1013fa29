import createClient, { type Middleware } from "openapi-fetch";
import { noticeBuild } from "./build";
import { noticeClock } from "./clock";
import { ApiError, readError } from "./errors";
import type { paths } from "./schema.gen";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

function cookie(name: string): string | undefined {
  return document.cookie
    .split("; ")
    .find((each) => each.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}

/** The header that proves to the server that a change was asked for by this application; nothing for reading. */
export function proofHeaders(method: string): Record<string, string> {
  const token = SAFE.has(method) ? undefined : cookie("csrftoken");
  return token === undefined ? {} : { "x-csrftoken": decodeURIComponent(token) };
}

const prove: Middleware = {
  onRequest({ request }) {
    for (const [name, value] of Object.entries(proofHeaders(request.method))) request.headers.set(name, value);
    return request;
  },
  async onResponse({ response }) {
    noticeBuild(response.headers);
    noticeClock(response.headers);
    if (!response.ok) throw await readError(response);
    return response;
  },
  onError({ error }) {
    return error instanceof ApiError ? error : new ApiError(0, "network", error instanceof Error ? error.message : "");
  },
};

/** The server's routes, typed by its OpenAPI description; an answer that is no success throws {@link ApiError}. */
export const api = createClient<paths>({ baseUrl: "/", fetch: (request) => globalThis.fetch(request) });
api.use(prove);

/** The body of an answer; never undefined, for everything else has thrown. */
export async function answer<T>(asked: Promise<{ readonly data?: T }>): Promise<T> {
  const { data } = await asked;
  return data as T;
}

/** A request that the description does not type, such as an upload or a picture. */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const method = init.method ?? "GET";
  const response = await fetch(path, { ...init, headers: { ...proofHeaders(method), ...init.headers } }).catch(
    (error: unknown) => {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw new ApiError(0, "network", error instanceof Error ? error.message : "");
    },
  );
  noticeBuild(response.headers);
  noticeClock(response.headers);
  if (!response.ok) throw await readError(response);
  return response;
}
