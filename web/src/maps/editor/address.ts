import { useEffect, useRef } from "react";
import type { EditorShared } from "./EditorContext";

/** Changes what stands behind the question mark of the address; `null` takes a value out. */
export type ChangeAddress = (changes: Readonly<Record<string, string | null>>) => void;

/** The address and the others know where the person is. */
export function usePlaceInAddress({ session, selection }: EditorShared, change: ChangeAddress): void {
  const latest = useRef(change);
  useEffect(() => {
    latest.current = change;
  }, [change]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = (): void => {
      const { name, writing } = selection.selected();
      session.at(name, writing !== undefined);
      clearTimeout(timer);
      timer = setTimeout(() => latest.current({ at: name }), 400);
    };
    const end = selection.subscribe(tell);
    session.at(selection.selected().name, false);
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [session, selection]);
}
