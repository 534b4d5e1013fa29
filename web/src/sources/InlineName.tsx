import { type KeyboardEvent, useState } from "react";
import classes from "./InlineName.module.css";

interface InlineNameProps {
  readonly name: string;
  readonly label: string;
  readonly onRename: (to: string) => void;
}

/** A name that is changed where it stands: Enter or leaving keeps it, Escape takes it back. */
export function InlineName({ name, label, onRename }: InlineNameProps) {
  const [text, setText] = useState(name);
  const [shownFor, setShownFor] = useState(name);
  if (shownFor !== name) {
    setShownFor(name);
    setText(name);
  }

  function keep() {
    const to = text.trim();
    if (to === "" || to === name) setText(name);
    else onRename(to);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === "Enter") event.currentTarget.blur();
    if (event.key === "Escape") setText(name);
  }

  return (
    <span className={classes.sized} data-text={text}>
      <input
        className={classes.input}
        aria-label={label}
        value={text}
        size={1}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={onKeyDown}
      />
    </span>
  );
}
