import { type RefCallback, useCallback, useState } from "react";

/** At which sides of what scrolls sideways there is more than is seen. */
export type More = "none" | "before" | "after" | "both";

/** {@link More} of the element that the callback is given to, kept up to date. */
export function useMore(): readonly [RefCallback<HTMLElement>, More] {
  const [more, setMore] = useState<More>("none");
  const ref = useCallback((at: HTMLElement | null) => {
    if (at === null) return;
    const look = () => setMore(moreOf(at));
    const sizes = new ResizeObserver(look);
    for (const each of [at, ...at.children]) sizes.observe(each);
    at.addEventListener("scroll", look, { passive: true });
    look();
    return () => {
      sizes.disconnect();
      at.removeEventListener("scroll", look);
    };
  }, []);
  return [ref, more];
}

/** A pixel more or less is rounding. */
export function moreOf(at: Pick<HTMLElement, "scrollLeft" | "scrollWidth" | "clientWidth">): More {
  const before = at.scrollLeft > 1;
  const after = at.scrollLeft + at.clientWidth < at.scrollWidth - 1;
  if (before && after) return "both";
  return before ? "before" : after ? "after" : "none";
}
