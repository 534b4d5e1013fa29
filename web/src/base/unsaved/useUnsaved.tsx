import { type ReactNode, useLayoutEffect, useState } from "react";
import { LeaveGuard } from "./LeaveGuard";

export interface Unsaved {
  /** Does what loses the form, such as closing it: at once where all is saved, else after asking. */
  readonly ask: (go: () => void) => void;
  /** The question, to be rendered with the form. */
  readonly guard: ReactNode;
}

const NOTHING: readonly string[] = [];

/**
 * Asks before what is not saved is lost, by going to another page or by closing the tab. `heldBy` names the parts of the address
 * behind the question mark that hold the form open. After saving or deleting go on by `unasked`.
 */
export function useUnsaved(isUnsaved: boolean, heldBy: readonly string[] = NOTHING): Unsaved {
  const [wanted, setWanted] = useState<(() => void) | null>(null);
  if (!isUnsaved && wanted !== null) setWanted(null);
  return {
    ask: (go) => (isUnsaved ? setWanted(() => go) : go()),
    guard: isUnsaved && <LeaveGuard heldBy={heldBy} wanted={wanted} onStay={() => setWanted(null)} />,
  };
}

/** For a form within what asks, such as a drawer: tells whether it is not saved. */
export function useTellUnsaved(isUnsaved: boolean, onUnsaved: (isUnsaved: boolean) => void): void {
  useLayoutEffect(() => {
    onUnsaved(isUnsaved);
    return () => onUnsaved(false);
  }, [isUnsaved, onUnsaved]);
}
