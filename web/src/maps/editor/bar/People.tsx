import { Tooltip, VisuallyHidden } from "@mantine/core";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { isThere, readPlace } from "../places";
import { usePresent } from "../reading";
import classes from "./bar.module.css";

/** Who else is here; a click goes to where they are. */
export function People() {
  const words = useWords(editorWords);
  const { editing, selection } = useEditor();
  const present = usePresent();
  if (present.length === 0) return null;
  return (
    <span className={classes.people}>
      <VisuallyHidden>{words.people(present.length)}</VisuallyHidden>
      {present.map((each) => (
        <Tooltip key={each.client} label={each.isEditing ? words.isWriting(each.name) : words.isHere(each.name)}>
          <button
            type="button"
            className={classes.person}
            style={{ background: `var(--mantine-color-${each.color}-8)` }}
            aria-label={words.isHere(each.name)}
            onClick={() => {
              const place = readPlace(each.place);
              if (place !== undefined && isThere(editing.store, place)) selection.go(place);
            }}
          >
            {each.initials}
          </button>
        </Tooltip>
      ))}
    </span>
  );
}
