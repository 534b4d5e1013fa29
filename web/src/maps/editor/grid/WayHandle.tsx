import { IconArrowFork } from "@tabler/icons-react";
import { useWords } from "../../../base/words";
import { editorWords } from "../editorWords";
import classes from "./Grid.module.css";

/** Where a way to a step that may follow is dragged from; {@link Connecting} does the rest. With the keyboard: the details of the step. */
export function WayHandle({ step, name }: { readonly step: string; readonly name: string }) {
  const words = useWords(editorWords);
  return (
    <span className={`${classes.grip} ${classes.wayHandle}`} data-way={step} title={words.dragWay(name)} aria-hidden>
      <IconArrowFork size={14} />
    </span>
  );
}
