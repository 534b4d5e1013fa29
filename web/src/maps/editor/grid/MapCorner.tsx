import { useWords } from "../../../base/words";
import { CommentMark } from "../comments/CommentMark";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { useIsHere } from "../reading";
import classes from "./Grid.module.css";

/** Where rows and columns begin: selecting it selects the map itself. */
export function MapCorner() {
  const words = useWords(editorWords);
  const { selection } = useEditor();
  const isHere = useIsHere("map");
  return (
    <div
      role="columnheader"
      data-place="map"
      tabIndex={isHere ? 0 : -1}
      aria-selected={isHere}
      className={`${classes.corner} ${isHere ? classes.here : ""}`}
      onFocus={() => selection.go({ kind: "map" })}
    >
      {words.map}
      <CommentMark place={{ kind: "map" }} />
    </div>
  );
}
