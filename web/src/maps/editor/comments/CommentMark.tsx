import { IconMessage } from "@tabler/icons-react";
import { use } from "react";
import { useWords } from "../../../base/words";
import { mapsWords } from "../../mapsWords";
import type { Place } from "../places";
import classes from "./CommentMark.module.css";
import { CommentsContext, useOpenThreadsAt } from "./CommentsContext";

interface CommentMarkProps {
  readonly place: Place;
  /** The cells that lie at the place. */
  readonly ids?: readonly string[];
}

const NONE: readonly string[] = [];

/** How many threads about a place are not settled; a click shows them, with the keyboard Alt+C does. */
export function CommentMark({ place, ids = NONE }: CommentMarkProps) {
  const words = useWords(mapsWords);
  const { show } = use(CommentsContext);
  const count = useOpenThreadsAt(place, ids);
  if (count === 0) return null;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classes.mark}
      data-comments={count}
      aria-label={words.commentsOpen(count)}
      title={words.commentsOpen(count)}
      onClick={() => show(place)}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <IconMessage size={11} aria-hidden />
      {count}
    </button>
  );
}
