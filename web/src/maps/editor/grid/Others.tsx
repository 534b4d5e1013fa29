import { useWords } from "../../../base/words";
import { editorWords } from "../editorWords";
import { usePresentAt } from "../reading";
import classes from "./Grid.module.css";

/** The initials of those who are at a place of the grid too. */
export function Others({ place }: { readonly place: string }) {
  const words = useWords(editorWords);
  const here = usePresentAt(place);
  if (here.length === 0) return null;
  return (
    <span className={classes.others}>
      {here.map((each) => (
        <span
          key={each.client}
          role="img"
          className={classes.other}
          style={{ background: `var(--mantine-color-${each.color}-8)` }}
          aria-label={each.isEditing ? words.isWriting(each.name) : words.isHere(each.name)}
        >
          {each.initials}
          {each.isEditing ? " …" : ""}
        </span>
      ))}
    </span>
  );
}
