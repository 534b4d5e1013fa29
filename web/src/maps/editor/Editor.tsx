import { Drawer } from "@mantine/core";
import { useDocumentTitle, useMediaQuery } from "@mantine/hooks";
import { type KeyboardEvent, useCallback, useMemo, useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { Loading } from "../../base/states/Loading";
import { useWords } from "../../base/words";
import { useAddress } from "../view/useAddress";
import { usePlaceInAddress } from "./address";
import { Commands, commandsSpotlight } from "./bar/Commands";
import { EditorBar } from "./bar/EditorBar";
import { Notices } from "./bar/Notices";
import { CommentsContext } from "./comments/CommentsContext";
import { useMapComments } from "./comments/useMapComments";
import classes from "./Editor.module.css";
import { EditorContext, type EditorShared } from "./EditorContext";
import { editorWords } from "./editorWords";
import { Grid } from "./grid/Grid";
import { MeasuredLine } from "./grid/MeasuredLine";
import { useMeasured } from "./grid/measuredSteps";
import { editorKey, type Outside } from "./keyboard";
import { SidePanel } from "./panel/SidePanel";
import { readPlace } from "./places";
import { useRead, useStanding } from "./reading";
import { Selection } from "./Selection";
import { useSaveVersion } from "./saveVersion";
import type { Session } from "./together/Session";

/** The editor of one map. */
export function Editor({ session }: { readonly session: Session }) {
  const [params] = useSearchParams();
  const first = params.get("at");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address says where to begin, then follows
  const shared = useMemo<EditorShared>(
    () => ({
      session,
      editing: session.editing,
      selection: new Selection(readPlace(first) ?? { kind: "map" }),
      mayWrite: session.mayWrite,
    }),
    [session],
  );
  return (
    <EditorContext value={shared}>
      <WhenThere shared={shared} />
    </EditorContext>
  );
}

/** The editor once the map has come, from the server or from what this browser kept. */
function WhenThere({ shared }: { readonly shared: EditorShared }) {
  const hasCome = useRead((store) => store.root.title !== undefined);
  const { line } = useStanding();
  if (hasCome) return <Frame shared={shared} />;
  return line === "refused" || line === "away" ? <Notices /> : <Loading lines={10} />;
}

/** Bar, grid and side panel. */
function Frame({ shared }: { readonly shared: EditorShared }) {
  const words = useWords(editorWords);
  const { session, editing, selection, mayWrite } = shared;
  const navigate = useNavigate();
  const [params, change] = useAddress();
  const isNarrow = useMediaQuery("(max-width: 62em)", false, { getInitialValueInEffect: false });
  const [isPanelOpen, setPanelOpen] = useState(!isNarrow);
  const isMeasured = params.get("measured") === "1";
  const measured = useMeasured(session.map, isMeasured);
  const title = useRead((store) => String(store.root.title ?? ""));
  useDocumentTitle(`${words.title(title)} · Desireline`);
  usePlaceInAddress(shared, change);
  const saveVersion = useSaveVersion(session);
  const openPanel = useCallback(() => setPanelOpen(true), []);
  const [comments, writeComment] = useMapComments(
    params.get("side") === "comments" ? "comments" : "details",
    change,
    openPanel,
  );

  const onMeasured = useCallback(() => change({ measured: isMeasured ? null : "1" }), [change, isMeasured]);
  const outside = useMemo<Outside>(
    () => ({
      commands: commandsSpotlight.open,
      details: () => setPanelOpen((open) => !open),
      comments: writeComment,
      saveVersion,
    }),
    [saveVersion, writeComment],
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!editorKey(event, { editing, selection, words }, outside, mayWrite)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const panel = <SidePanel onClose={() => setPanelOpen(false)} />;
  return (
    <CommentsContext value={comments}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the editor work wherever the focus is in it */}
      <div className={classes.editor} onKeyDown={onKeyDown}>
        <EditorBar
          isMeasured={isMeasured}
          onMeasured={onMeasured}
          isPanelOpen={isPanelOpen}
          onPanel={outside.details}
          onCommands={outside.commands}
        />
        <Notices />
        {isMeasured && <MeasuredLine measuring={measured} />}
        <div className={classes.body}>
          <Grid outside={outside} measured={isMeasured && measured.isBound ? measured.query.data : undefined} />
          {isPanelOpen && !isNarrow && (
            <aside className={classes.panel} aria-label={words.details}>
              {panel}
            </aside>
          )}
        </div>
        <Drawer.Root
          opened={isPanelOpen && isNarrow === true}
          onClose={() => setPanelOpen(false)}
          size="min(92vw, 380px)"
          padding={0}
        >
          <Drawer.Overlay backgroundOpacity={0.25} />
          <Drawer.Content aria-label={words.details}>
            <Drawer.Body>{panel}</Drawer.Body>
          </Drawer.Content>
        </Drawer.Root>
        <Commands outside={outside} onMeasured={onMeasured} onLeave={(address) => void navigate(address)} />
      </div>
    </CommentsContext>
  );
}
