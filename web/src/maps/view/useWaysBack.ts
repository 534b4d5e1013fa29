import { type RefObject, useEffect } from "react";
import { placeAt, WAY } from "./placeAt";

const SHOWN = "data-shown";

/** Ways back lie faint until one of their steps is pointed at or looked at; else a busy map is only lines. */
export function useWaysBack(
  scroller: RefObject<HTMLElement | null>,
  map: string,
  step: string | undefined,
  svg: string,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another picture has other ways
  useEffect(() => {
    const at = scroller.current;
    if (at === null) return undefined;
    const show = (pointed: string | undefined): void => {
      for (const each of at.querySelectorAll(`[${SHOWN}]`)) each.removeAttribute(SHOWN);
      const shown = [step, pointed].filter((each) => each !== undefined);
      for (const each of at.querySelectorAll(`g[id^="${map}/${WAY}/back/"]`)) {
        const [, , , from, to] = each.id.split("/");
        if (shown.some((name) => name === from || name === to)) each.setAttribute(SHOWN, "true");
      }
    };
    const point = ({ target }: Event): void => {
      const place = target instanceof Element ? placeAt(target, map) : undefined;
      show(place?.kind === "step" ? place.id : undefined);
    };
    show(undefined);
    at.addEventListener("pointerover", point);
    return () => at.removeEventListener("pointerover", point);
  }, [scroller, map, step, svg]);
}
