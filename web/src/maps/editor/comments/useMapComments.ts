import { useCallback, useMemo, useRef, useState } from "react";
import { openByPlace, useThreads } from "../../panels/threads";
import type { ChangeAddress } from "../address";
import { useEditor } from "../EditorContext";
import type { Place } from "../places";
import type { MapComments, Side } from "./CommentsContext";

/** The comments on the map, for its grid; and a way to write one on what is selected. */
export function useMapComments(
  side: Side,
  change: ChangeAddress,
  openPanel: () => void,
): readonly [MapComments, () => void] {
  const { session, selection } = useEditor();
  const threads = useThreads(session.map).data?.threads;
  const choose = useCallback((next: Side) => change({ side: next === "comments" ? next : null }), [change]);
  const open = useMemo(() => openByPlace(threads ?? []), [threads]);
  const show = useCallback(
    (place: Place): void => {
      selection.go(place);
      choose("comments");
      openPanel();
    },
    [selection, choose, openPanel],
  );
  const [asked, setAsked] = useState(0);
  const wantsFocus = useRef<string>(undefined);
  const write = useCallback((): void => {
    const { place, name } = selection.selected();
    wantsFocus.current = name;
    setAsked((before) => before + 1);
    show(place);
  }, [selection, show]);
  const found = useMemo(() => ({ side, choose, open, show, asked, wantsFocus }), [side, choose, open, show, asked]);
  return [found, write];
}
