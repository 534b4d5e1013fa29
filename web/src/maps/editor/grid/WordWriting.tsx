import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useWords } from "../../../base/words";
import { feel } from "../actions";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { setEmotion } from "../model/commands/cells";
import { beside } from "../places";
import classes from "./Grid.module.css";

interface WordWritingProps {
  readonly lane: string;
  readonly step: string;
  readonly word: string;
  readonly letters: string;
  readonly label: string;
}

/** The word of a feeling while it is written; the arrows up and down change the feeling. */
export function WordWriting({ lane, step, word, letters, label }: WordWritingProps) {
  const words = useWords(editorWords);
  const { editing, selection } = useEditor();
  const [draft, setDraft] = useState(letters === "" ? word : letters);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const place = { kind: "cell", lane, step } as const;
    if (event.key === "Enter" || event.key === "Escape") selection.rest();
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      feel({ editing, selection, words }, place, event.key === "ArrowUp" ? 0.5 : -0.5);
    } else if (event.key === "Tab") {
      const next = beside(editing.store, place, event.shiftKey ? "left" : "right");
      if (next?.kind !== "cell") return;
      selection.write(next);
    } else return;
    event.preventDefault();
  };
  return (
    <input
      ref={field}
      className={classes.wordField}
      value={draft}
      aria-label={label}
      onChange={(event) => {
        setDraft(event.currentTarget.value);
        setEmotion(editing, lane, step, { word: event.currentTarget.value });
      }}
      onKeyDown={onKeyDown}
      onBlur={() => selection.rest()}
    />
  );
}
