import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { beside } from "../places";
import classes from "./Grid.module.css";

interface NameWritingProps {
  readonly text: string;
  /** What was typed to begin; then it takes the place of the name. */
  readonly letters: string;
  readonly label: string;
  readonly onWrite: (text: string) => void;
}

/** A name while it is written. */
export function NameWriting({ text, letters, label, onWrite }: NameWritingProps) {
  const { editing, selection } = useEditor();
  const words = useWords(editorWords);
  const isNew = text === words.newStep || text === words.newPhase;
  const [draft, setDraft] = useState(letters === "" ? text : letters);
  const field = useRef<HTMLTextAreaElement>(null);
  const latest = useRef({ draft, onWrite });
  latest.current = { draft, onWrite };
  useEffect(() => {
    const element = field.current;
    element?.focus();
    if (isNew && letters === "") element?.select();
    else element?.setSelectionRange(element.value.length, element.value.length);
    return () => latest.current.onWrite(latest.current.draft);
  }, [isNew, letters]);
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === "Enter" || event.key === "Escape") {
      event.preventDefault();
      selection.rest();
    } else if (event.key === "Tab") {
      const next = beside(editing.store, selection.selected().place, event.shiftKey ? "left" : "right");
      if (next === undefined || next.kind === "map") return;
      event.preventDefault();
      selection.write(next);
    }
  };
  return (
    <textarea
      ref={field}
      rows={1}
      className={classes.writingName}
      value={draft}
      aria-label={label}
      onChange={(event) => {
        const said = event.currentTarget.value.replaceAll("\n", " ");
        setDraft(said);
        onWrite(said);
      }}
      onKeyDown={onKeyDown}
      onBlur={() => selection.rest()}
    />
  );
}
