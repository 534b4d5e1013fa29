import { type RefObject, useEffect, useRef } from "react";
import { useLocation } from "react-router";

/**
 * Puts the focus on the heading of a step that has come, where what had the focus went with the step before: that of the step, or of
 * the file where the step has none. A page that is opened by its address begins at its top.
 */
export function useStepFocus(frame: RefObject<HTMLElement | null>, step: string): void {
  const isOpened = useLocation().key === "default";
  const seen = useRef(isOpened ? step : undefined);
  useEffect(() => {
    if (seen.current === step) return;
    seen.current = step;
    if (frame.current === null || !isFree(frame.current)) return;
    const heading = frame.current.querySelector<HTMLElement>("h3[tabindex]") ?? frame.current.querySelector("h2");
    heading?.focus();
  }, [frame, step]);
}

/** Whether nothing has the focus, or only a heading that was given it here. */
function isFree(frame: HTMLElement): boolean {
  const here = document.activeElement;
  return here === null || here === document.body || (frame.contains(here) && here.matches("h2, h3"));
}
