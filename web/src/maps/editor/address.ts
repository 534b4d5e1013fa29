import { useEffect } from "react";
import type { EditorShared } from "./EditorContext";

type SetParams = (change: (before: URLSearchParams) => URLSearchParams, options: { readonly replace: true }) => void;

/** The address and the others know where the person is. */
export function useAddress({ session, selection }: EditorShared, setParams: SetParams): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (): void => {
      const { name, writing } = selection.selected();
      session.at(name, writing !== undefined);
      clearTimeout(timer);
      timer = setTimeout(() => setParams((before) => withEntry(before, "at", name), { replace: true }), 400);
    };
    const end = selection.subscribe(tell);
    session.at(selection.selected().name, false);
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [session, selection, setParams]);
}

/** An address with another value, or without it. */
export function withEntry(params: URLSearchParams, name: string, value: string | undefined): URLSearchParams {
  const changed = new URLSearchParams(params);
  if (value === undefined) changed.delete(name);
  else changed.set(name, value);
  return changed;
}
