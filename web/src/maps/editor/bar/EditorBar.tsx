import { ActionIcon, Button, Group, Tooltip } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconCommand,
  IconHistory,
  IconLayoutSidebarRight,
  IconRuler2,
} from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { Link } from "react-router";
import { useKeyText } from "../../../base/KeyText";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { useRead } from "../reading";
import classes from "./bar.module.css";
import { People } from "./People";
import { SavedState } from "./SavedState";

interface EditorBarProps {
  readonly isMeasured: boolean;
  readonly onMeasured: () => void;
  readonly isPanelOpen: boolean;
  readonly onPanel: () => void;
  readonly onCommands: () => void;
}

/** Above the grid: where one is, what was saved, who is here, and the most used commands. */
export function EditorBar(props: EditorBarProps) {
  const words = useWords(editorWords);
  const keys = useKeyText();
  const { session, mayWrite } = useEditor();
  const title = useRead((store) => String(store.root.title ?? ""));
  const address = `/maps/${session.map}`;
  return (
    <div className={classes.bar}>
      <Group gap={6} wrap="nowrap" className={classes.title}>
        <Tooltip label={words.back}>
          <ActionIcon component={Link} to={address} variant="subtle" color="gray" aria-label={words.back}>
            <IconArrowLeft size={18} />
          </ActionIcon>
        </Tooltip>
        <h1 className={classes.name}>{title === "" ? words.untitled : title}</h1>
        <SavedState />
      </Group>
      <Group gap={4} wrap="nowrap">
        <People />
        {mayWrite && <UndoButtons />}
        <Tooltip label={words.measuredHint}>
          <Button
            size="compact-sm"
            variant={props.isMeasured ? "light" : "subtle"}
            color={props.isMeasured ? "path" : "gray"}
            leftSection={<IconRuler2 size={16} />}
            aria-label={words.measured}
            aria-pressed={props.isMeasured}
            onClick={props.onMeasured}
          >
            <span className={classes.wide}>{words.measured}</span>
          </Button>
        </Tooltip>
        <Tooltip label={words.history}>
          <ActionIcon
            component={Link}
            to={`${address}?panel=versions`}
            variant="subtle"
            color="gray"
            aria-label={words.history}
          >
            <IconHistory size={18} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={`${words.commands}  /`}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={words.commands}
            aria-keyshortcuts="/"
            aria-haspopup="dialog"
            onClick={props.onCommands}
          >
            <IconCommand size={18} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={`${words.details}  ${keys("Ctrl+I")}`}>
          <ActionIcon
            variant={props.isPanelOpen ? "light" : "subtle"}
            color={props.isPanelOpen ? "path" : "gray"}
            aria-label={words.details}
            aria-pressed={props.isPanelOpen}
            onClick={props.onPanel}
          >
            <IconLayoutSidebarRight size={18} />
          </ActionIcon>
        </Tooltip>
      </Group>
    </div>
  );
}

function UndoButtons() {
  const words = useWords(editorWords);
  const keys = useKeyText();
  const { editing } = useEditor();
  const subscribe = editing.followUndo;
  const canUndo = useSyncExternalStore(subscribe, () => editing.undoing.canUndo());
  const canRedo = useSyncExternalStore(subscribe, () => editing.undoing.canRedo());
  return (
    <>
      <Tooltip label={`${words.undo}  ${keys("Ctrl+Z")}`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={words.undo}
          disabled={!canUndo}
          {...(canUndo ? {} : { bg: "transparent" })}
          onClick={() => editing.undo()}
        >
          <IconArrowBackUp size={18} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`${words.redo}  ${keys("Ctrl+Shift+Z")}`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={words.redo}
          disabled={!canRedo}
          {...(canRedo ? {} : { bg: "transparent" })}
          onClick={() => editing.redo()}
        >
          <IconArrowForwardUp size={18} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
