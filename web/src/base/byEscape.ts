import type { KeyboardEvent } from "react";

/** A key handler that closes by Escape; what is open in it, such as a list of choices, closes first. */
export function byEscape(close: () => void): (event: KeyboardEvent<HTMLElement>) => void {
  return (event) => {
    if (event.key !== "Escape" || !(event.target instanceof Element)) return;
    if (event.target.getAttribute("aria-expanded") === "true") return;
    const over = event.target.closest("[role=dialog]");
    const isOutermost = over?.parentElement?.closest("[role=dialog]") === null;
    if (over === event.currentTarget || (isOutermost && event.currentTarget.contains(over))) close();
  };
}
