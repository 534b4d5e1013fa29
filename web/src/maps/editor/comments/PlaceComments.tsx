import { Stack, Switch, Text } from "@mantine/core";
import { use, useEffect, useRef, useState } from "react";
import type { ThreadAnswer } from "../../../base/api/schema.gen";
import { Asked } from "../../../base/states/Asked";
import { useWords } from "../../../base/words";
import { mapsWords } from "../../mapsWords";
import { CommentForm, type Drawing } from "../../panels/CommentForm";
import { ThreadView } from "../../panels/ThreadView";
import { aboutName, aboutOf, isSettled, useThreads } from "../../panels/threads";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { focusPlace } from "../focusPlace";
import { type Place, placeName } from "../places";
import { useAlike } from "../reading";
import { placeTitle } from "../titles";
import { aboutsOf, CommentsContext, placeAbout } from "./CommentsContext";
import { useDrawing } from "./useDrawing";

/** The comments on what is selected; on the whole map those on all of its places. */
export function PlaceComments({ place }: { readonly place: Place }) {
  const words = useWords(mapsWords);
  const { session, mayWrite } = useEditor();
  const threads = useThreads(session.map);
  const [isSettledToo, setSettledToo] = useState(false);
  const ids = useAlike((store) => (place.kind === "cell" ? store.cellsAt(place.lane, place.step) : []));
  const drawing = useDrawing(place, ids);
  const here = new Set(aboutsOf(place, ids).map(aboutName));
  const isWanted = (each: ThreadAnswer): boolean => place.kind === "map" || here.has(aboutName(aboutOf(each)));
  return (
    <Asked query={threads}>
      {(found) => {
        const wanted = found.threads.filter(isWanted);
        const shown = wanted.filter((each) => isSettledToo || !isSettled(each));
        return (
          <Stack gap="md">
            {mayWrite && <Writing place={placeName(place)} drawing={drawing} />}
            {wanted.some(isSettled) && (
              <Switch
                size="xs"
                label={words.settledToo}
                checked={isSettledToo}
                onChange={(event) => setSettledToo(event.currentTarget.checked)}
              />
            )}
            {shown.length === 0 && (
              <Text size="sm" c="dimmed">
                {words.noCommentsHere}
              </Text>
            )}
            {shown.map((each) => (
              <Thread key={each.comment.comment} thread={each} isNamed={place.kind === "map"} />
            ))}
          </Stack>
        );
      }}
    </Asked>
  );
}

/** Where a comment is written; Escape goes back to the grid. */
function Writing({ place, drawing }: { readonly place: string; readonly drawing: Drawing }) {
  const { session, selection } = useEditor();
  const { asked, wantsFocus } = use(CommentsContext);
  const frame = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time that it is asked for
  useEffect(() => {
    if (wantsFocus.current !== place) return;
    wantsFocus.current = undefined;
    frame.current?.querySelector("textarea")?.focus();
  }, [asked, wantsFocus, place]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens for a key of the field in it
    <div
      ref={frame}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) focusPlace(selection.selected().name);
      }}
    >
      <CommentForm map={session.map} drawing={drawing} />
    </div>
  );
}

/** A thread; where it may be about anything, with the name of its place, which a click goes to. */
function Thread({ thread, isNamed }: { readonly thread: ThreadAnswer; readonly isNamed: boolean }) {
  const words = useWords(mapsWords);
  const editor = useWords(editorWords);
  const { session, selection } = useEditor();
  const about = aboutOf(thread);
  const found = useAlike((store) => {
    const place = placeAbout(store, about);
    return place === undefined ? undefined : { place, title: placeTitle(store, place, editor) };
  });
  if (!isNamed) return <ThreadView map={session.map} thread={thread} name={undefined} />;
  const name = about.kind === "map" ? words.wholeMap : (found?.title ?? thread.place_name ?? words.gone);
  const onName = found === undefined || about.kind === "map" ? undefined : () => selection.go(found.place);
  return <ThreadView map={session.map} thread={thread} name={name} onName={onName} />;
}
