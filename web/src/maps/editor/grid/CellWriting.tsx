import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { cellText, setCellText } from "../model/commands/cellText";
import { claimsToOpportunities } from "../model/commands/opportunities";
import { beside } from "../places";
import classes from "./Grid.module.css";
import { laneLabel } from "./LaneHead";

interface CellWritingProps {
  readonly lane: string;
  readonly step: string;
  /** What was typed to begin. */
  readonly letters: string;
}

/** How long a pause in typing is before others see the letters, in milliseconds. */
const PAUSE = 250;

/**
 * The text of a cell while it is written: each line is a claim, in a lane of opportunities each new one an opportunity when the writing
 * ends. Others see it at every pause.
 */
export function CellWriting({ lane, step, letters }: CellWritingProps) {
  const words = useWords(editorWords);
  const { editing, selection } = useEditor();
  const label = `${laneLabel(editing.store.fields("lanes", lane), words.laneRoles)}, ${String(editing.store.fields("steps", step).name ?? "")}`;
  const [draft, setDraft] = useState(() => joined(cellText(editing, lane, step), letters));
  const field = useRef<HTMLTextAreaElement>(null);
  const unsaid = useRef<{ readonly text: string; readonly timer: ReturnType<typeof setTimeout> }>(undefined);

  const say = (): void => {
    if (unsaid.current === undefined) return;
    clearTimeout(unsaid.current.timer);
    setCellText(editing, lane, step, unsaid.current.text);
    unsaid.current = undefined;
  };
  const before = useRef(editing.store.cell(lane, step).claims.map((each) => each.id));
  const raise = (): void => {
    if (editing.store.fields("lanes", lane).role !== "opportunities" || !editing.store.has("lanes", lane)) return;
    const claims = editing.store.cell(lane, step).claims.map((each) => each.id);
    const fresh = claims.filter((each) => !before.current.includes(each));
    if (fresh.length > 0) claimsToOpportunities(editing, lane, step, fresh);
  };
  const change = (text: string): void => {
    setDraft(text);
    clearTimeout(unsaid.current?.timer);
    unsaid.current = { text, timer: setTimeout(say, PAUSE) };
  };
  const latest = useRef({ say, change, raise, draft });
  latest.current = { say, change, raise, draft };
  useEffect(() => {
    const element = field.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
    if (letters !== "") latest.current.change(latest.current.draft);
    return () => {
      latest.current.say();
      latest.current.raise();
    };
  }, [letters]);

  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape" || (event.key === "Enter" && !event.shiftKey)) {
      event.preventDefault();
      selection.rest();
    } else if (event.key === "Tab") {
      const next = beside(editing.store, { kind: "cell", lane, step }, event.shiftKey ? "left" : "right");
      if (next?.kind !== "cell") return;
      event.preventDefault();
      selection.write(next);
    }
  };
  return (
    <textarea
      ref={field}
      className={classes.writing}
      value={draft}
      rows={Math.max(2, draft.split("\n").length)}
      aria-label={label}
      title={words.linesHint}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onBlur={() => selection.rest()}
    />
  );
}

/** What was there, with what was typed behind it as a line of its own. */
function joined(text: string, letters: string): string {
  return letters === "" || text === "" ? text + letters : `${text}\n${letters}`;
}
