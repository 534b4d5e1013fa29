import { useElementSize } from "@mantine/hooks";
import { type CSSProperties, type RefCallback, useCallback, useMemo, useRef } from "react";
import { sizeOf } from "../view/zoom";

/** A phase is never drawn smaller than this; it scrolls instead. */
const READABLE = 0.8;

/** The size at which a picture fills a screen: all of a map; a phase as wide as the screen, where it is readable so. */
export function fitted(
  picture: { readonly width: number; readonly height: number },
  place: { readonly width: number; readonly height: number },
  whole: boolean,
): number {
  const width = place.width / picture.width;
  const all = Math.min(width, place.height / picture.height);
  return whole ? all : Math.max(all, Math.min(width, READABLE));
}

interface Fitted {
  readonly ref: RefCallback<HTMLDivElement>;
  readonly style: CSSProperties;
  /** Take the focus, so that arrow keys scroll. */
  readonly focus: () => void;
}

/** A picture that fills its place, whatever the size of the window. */
export function useFittedPicture(svg: string, whole: boolean): Fitted {
  const place = useElementSize<HTMLDivElement>();
  const element = useRef<HTMLDivElement | null>(null);
  const size = useMemo(() => sizeOf(svg), [svg]);
  const scale = place.width === 0 ? 0 : fitted(size, place, whole);
  const placeRef = place.ref;
  const ref = useCallback(
    (found: HTMLDivElement | null) => {
      element.current = found;
      return placeRef(found);
    },
    [placeRef],
  );
  const focus = useCallback(() => element.current?.focus({ preventScroll: true }), []);
  return { ref, style: { width: size.width * scale, height: size.height * scale }, focus };
}
