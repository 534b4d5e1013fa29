import { useState } from "react";
import { toPlace, toRead, toWidth } from "./zoom";

/** How large a drawing is shown: so that it can be read, as wide as its place, all of it, or at a zoom. */
export const FITS = { read: toRead, width: toWidth, all: toPlace } as const;
export type Fit = keyof typeof FITS;

const KEY = "desireline-map-fit";

/** How large drawings are shown; what fits is remembered for this reader, a zoom is not. */
export function useFit(): readonly [Fit | number, (chosen: Fit | number) => void] {
  const [chosen, setChosen] = useState<Fit | number>(remembered);
  const choose = (next: Fit | number): void => {
    setChosen(next);
    if (typeof next === "string") remember(next);
  };
  return [chosen, choose];
}

function remembered(): Fit {
  try {
    const said = localStorage.getItem(KEY);
    return said === "width" || said === "all" ? said : "read";
  } catch {
    return "read";
  }
}

function remember(fit: Fit): void {
  try {
    localStorage.setItem(KEY, fit);
  } catch {
    // A browser without storage begins each map anew.
  }
}
