/** The page that shows how the journeys of a definition end. */
export function outcomesOf(ident: string): string {
  return `/explore/outcomes?${new URLSearchParams({ journey: ident }).toString()}`;
}
