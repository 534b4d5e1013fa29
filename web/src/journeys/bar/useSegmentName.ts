import { useSegments, useTiedPersonas } from "../asking";

/** What a segment is called; undefined: it has no name. */
export function useSegmentName(text: string | null): string | undefined {
  const segments = useSegments().data ?? [];
  const personas = useTiedPersonas().data ?? [];
  if (text === null) return undefined;
  return segments.find((each) => each.condition === text)?.name ?? personas.find((each) => each.segment === text)?.name;
}
