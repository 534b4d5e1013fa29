import { Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useEditor } from "../EditorContext";
import classes from "./panel.module.css";

interface SaidProps {
  readonly label: string;
  readonly value: string;
  readonly onSay: (text: string) => void;
  readonly description?: string;
  readonly placeholder?: string;
  readonly lines?: boolean;
  readonly isHidden?: boolean;
}

/** A text of the map: what is typed is said at once; while nobody types here, what others say is shown. */
export function Said({ label, value, onSay, description, placeholder, lines = false, isHidden = false }: SaidProps) {
  const { editing, mayWrite } = useEditor();
  const [draft, setDraft] = useState<string>();
  const shared = {
    value: draft ?? value,
    readOnly: !mayWrite,
    onFocus: () => setDraft(value),
    onBlur: () => {
      setDraft(undefined);
      editing.part();
    },
    size: "xs",
    ...(isHidden ? { "aria-label": label } : { label }),
    ...(description !== undefined && { description }),
    ...(placeholder !== undefined && { placeholder }),
  };
  const say = (text: string): void => {
    if (!mayWrite) return;
    setDraft(text);
    onSay(text);
  };
  return lines ? (
    <Textarea
      {...shared}
      rows={2}
      classNames={{ input: classes.lines ?? "" }}
      onChange={(event) => say(event.currentTarget.value)}
    />
  ) : (
    <TextInput {...shared} onChange={(event) => say(event.currentTarget.value)} />
  );
}
