import { memo } from "react";
import { useFormat } from "../../../base/format";
import { useWords } from "../../../base/words";
import { CommentMark } from "../comments/CommentMark";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { setCell } from "../model/commands/cells";
import { placeName } from "../places";
import { useCell, useIsHere, useRead, useWriting } from "../reading";
import { HEIGHT, heightOf, scaleOf, valueAt } from "./curves";
import { Face } from "./Face";
import classes from "./Grid.module.css";
import { laneLabel } from "./LaneHead";
import { Others } from "./Others";
import { useDrag } from "./useDrag";
import { WordWriting } from "./WordWriting";

interface CurveCellProps {
  readonly lane: string;
  readonly step: string;
  readonly role: string;
}

/** A point of an emotion or tension curve: dragged up and down, moved with + and −, with its word. */
export const CurveCell = memo(function CurveCell({ lane, step, role }: CurveCellProps) {
  const words = useWords(editorWords);
  const format = useFormat();
  const { editing, selection, mayWrite } = useEditor();
  const view = useCell(lane, step);
  const place = { kind: "cell", lane, step } as const;
  const name = placeName(place);
  const isHere = useIsHere(name);
  const writing = useWriting(name);
  const names = useRead(
    (store) =>
      `${laneLabel(store.fields("lanes", lane), words.laneRoles)}, ${String(store.fields("steps", step).name ?? "")}`,
  );
  const field = role === "tension" ? "tension" : "emotion";
  const scale = scaleOf(role);
  const said = view.fields[field];
  const value = typeof said === "number" ? said : undefined;
  const word = String(view.fields.word ?? "");
  const y = heightOf(value ?? (scale[0] + scale[1]) / 2, scale);
  const drag = useDrag((height) => setCell(editing, lane, step, { [field]: valueAt(height, scale) }), editing);
  const told =
    value === undefined
      ? words.emotionEmpty
      : role === "tension"
        ? words.tensionAt(format.number(value))
        : words.emotionAt(format.number(value), word);
  return (
    <div
      role="gridcell"
      data-place={name}
      tabIndex={isHere ? 0 : -1}
      aria-selected={isHere}
      aria-label={writing === undefined ? `${names}: ${told}` : undefined}
      className={`${classes.cell} ${classes.curveCell} ${isHere ? classes.here : ""}`}
      onFocus={(event) => event.target === event.currentTarget && selection.go(place)}
      onDoubleClick={() => mayWrite && role === "emotion" && selection.write(place)}
    >
      {mayWrite ? (
        <span
          className={classes.handle}
          style={{ top: y }}
          data-empty={value === undefined ? "" : undefined}
          title={told}
          {...drag}
        >
          <Face value={value} role={role} />
        </span>
      ) : (
        value !== undefined && (
          <span className={classes.handle} style={{ top: y, cursor: "default" }} title={told}>
            <Face value={value} role={role} />
          </span>
        )
      )}
      {writing === undefined ? (
        <span className={classes.word} style={wordPlace(y)}>
          <span>{word}</span>
        </span>
      ) : (
        <WordWriting lane={lane} step={step} word={word} letters={writing} label={`${names}: ${words.emotionWord}`} />
      )}
      <CommentMark place={place} ids={view.ids} />
      <Others place={name} />
    </div>
  );
});

/** Below the point, or above it where below is no room. */
function wordPlace(y: number): { readonly top: number } | { readonly bottom: number } {
  return y < HEIGHT - 46 ? { top: y + 15 } : { bottom: HEIGHT - y + 15 };
}
