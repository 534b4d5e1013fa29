import type { CSSProperties } from "react";

/** How strongly a cell is filled, from 0 to 1; the number in it says the same. */
export function heat(share: number): CSSProperties {
  return { "--heat": String(Math.max(0, Math.min(1, share))) } as CSSProperties;
}
