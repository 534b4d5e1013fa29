import { useSegmentName } from "./useSegmentName";

/** The name of a segment; of one that has none its condition. */
export function SegmentName({ text }: { readonly text: string }) {
  return useSegmentName(text) ?? text;
}
