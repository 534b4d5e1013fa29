import { useEffect, useState } from "react";

/** For what is mounted open, and unmounted to close it: gives the focus back to what had it before. */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement || before instanceof SVGElement) {
        setTimeout(() => document.activeElement === document.body && before.focus({ preventScroll: true }), 0);
      }
    },
    [before],
  );
}
