import { memo } from "react";
import { CommentMark } from "../comments/CommentMark";
import { useEditor } from "../EditorContext";
import { placeName } from "../places";
import { useCell, useIsHere, useWriting } from "../reading";
import { CellContent } from "./CellContent";
import { CellWriting } from "./CellWriting";
import classes from "./Grid.module.css";
import { Others } from "./Others";

interface TextCellProps {
  readonly lane: string;
  readonly step: string;
  readonly span: number;
  readonly role: string;
}

/** What a lane says at a step, as text, touchpoints or a picture; written in place. */
export const TextCell = memo(function TextCell({ lane, step, span, role }: TextCellProps) {
  const { selection, mayWrite } = useEditor();
  const view = useCell(lane, step);
  const place = { kind: "cell", lane, step } as const;
  const name = placeName(place);
  const isHere = useIsHere(name);
  const writing = useWriting(name);
  return (
    <div
      role="gridcell"
      data-place={name}
      tabIndex={isHere ? 0 : -1}
      aria-colspan={span}
      aria-selected={isHere}
      className={`${classes.cell} ${isHere ? classes.here : ""}`}
      style={{ gridColumn: `span ${String(span)}` }}
      onFocus={(event) => event.target === event.currentTarget && selection.go(place)}
      onDoubleClick={() => mayWrite && selection.write(place)}
    >
      {writing === undefined ? (
        <CellContent view={view} step={step} role={role} />
      ) : (
        <CellWriting lane={lane} step={step} letters={writing} />
      )}
      <CommentMark place={place} ids={view.ids} />
      <Others place={name} />
    </div>
  );
});
