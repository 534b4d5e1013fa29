const OURS = "http://ours.invalid";

/** Where to go after signing in: the page of ours that was asked for, never another site. */
export function nextPlace(search: URLSearchParams): string {
  const next = search.get("next") ?? "";
  if (!next.startsWith("/") || !URL.canParse(next, OURS)) return "/";
  const { origin, pathname, search: asked, hash } = new URL(next, OURS);
  return origin === OURS && !pathname.startsWith("//") ? `${pathname}${asked}${hash}` : "/";
}
