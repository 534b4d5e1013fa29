import { IconGripVertical } from "@tabler/icons-react";
import { useWords } from "../../../base/words";
import { editorWords } from "../editorWords";
import { type Place, placeName } from "../places";
import classes from "./Grid.module.css";

/** Where a phase, a step or a lane is taken hold of; {@link Reordering} does the rest. With the keyboard: Alt and arrows. */
export function Grip({ place, text }: { readonly place: Place; readonly text: string }) {
  const words = useWords(editorWords);
  return (
    <span className={classes.grip} data-grip={placeName(place)} title={words.drag(text)} aria-hidden>
      <IconGripVertical size={14} />
    </span>
  );
}
