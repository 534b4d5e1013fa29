import { useEffect } from "react";
import { type Location, useBlocker } from "react-router";
import { Sure } from "../Sure";
import { useWords } from "../words";
import { happensUnasked, unasked } from "./unasked";
import { unsavedWords } from "./unsavedWords";

interface LeaveGuardProps {
  readonly heldBy: readonly string[];
  /** What the person wants to do that loses the form; null where nothing is asked. */
  readonly wanted: (() => void) | null;
  readonly onStay: () => void;
}

/** Holds the page while a form is not saved, and asks. */
export function LeaveGuard({ heldBy, wanted, onStay }: LeaveGuardProps) {
  const words = useWords(unsavedWords);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => !happensUnasked() && isLeft(currentLocation, nextLocation, heldBy),
  );
  useEffect(() => {
    const hold = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", hold);
    return () => window.removeEventListener("beforeunload", hold);
  }, []);
  if (blocker.state !== "blocked" && wanted === null) return null;
  const stay = (): void => {
    blocker.reset?.();
    onStay();
  };
  const leave = (): void => {
    onStay();
    if (blocker.state === "blocked") blocker.proceed();
    else if (wanted !== null) unasked(wanted);
  };
  return (
    <Sure title={words.title} hint={words.hint} action={words.leave} cancel={words.stay} onDo={leave} onClose={stay} />
  );
}

/** Whether a form is gone at another address: on another page, or where what holds it open is another one. */
function isLeft(from: Location, to: Location, heldBy: readonly string[]): boolean {
  if (from.pathname !== to.pathname) return true;
  const [before, after] = [new URLSearchParams(from.search), new URLSearchParams(to.search)];
  return heldBy.some((name) => before.get(name) !== after.get(name));
}
