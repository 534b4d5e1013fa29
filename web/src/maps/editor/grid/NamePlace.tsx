import type { ReactNode } from "react";
import { CommentMark } from "../comments/CommentMark";
import { useEditor } from "../EditorContext";
import { rename } from "../model/commands/rename";
import { type Place, placeName } from "../places";
import { useIsHere, useWriting } from "../reading";
import classes from "./Grid.module.css";
import { Grip } from "./Grip";
import { NameWriting } from "./NameWriting";
import { Others } from "./Others";

interface NamePlaceProps {
  readonly place: Place;
  readonly id: string;
  readonly thing: "phases" | "steps";
  readonly text: string;
  readonly className: string;
  readonly textClassName: string;
  readonly span: number;
  readonly label: string;
  /** More to drag by. */
  readonly handle?: ReactNode;
  readonly children?: ReactNode;
}

/** The head of columns: a name that is written in place, and dragged to move. */
export function NamePlace(props: NamePlaceProps) {
  const { editing, selection, mayWrite } = useEditor();
  const name = placeName(props.place);
  const isHere = useIsHere(name);
  const writing = useWriting(name);
  return (
    <div
      role="columnheader"
      data-place={name}
      tabIndex={isHere ? 0 : -1}
      aria-colspan={props.span}
      aria-selected={isHere}
      aria-label={writing === undefined ? props.label : undefined}
      className={`${props.className} ${isHere ? classes.here : ""}`}
      style={{ gridColumn: `span ${String(props.span)}` }}
      onFocus={(event) => event.target === event.currentTarget && selection.go(props.place)}
      onDoubleClick={() => mayWrite && selection.write(props.place)}
    >
      {writing === undefined ? (
        <>
          <div className={props.textClassName}>
            {props.text}
            {props.children}
          </div>
          {mayWrite && (
            <span className={classes.grips}>
              <Grip place={props.place} text={props.text} />
              {props.handle}
            </span>
          )}
        </>
      ) : (
        <NameWriting
          text={props.text}
          letters={writing}
          label={props.label}
          onWrite={(text) => rename(editing, props.thing, props.id, text)}
        />
      )}
      <CommentMark place={props.place} />
      <Others place={name} />
    </div>
  );
}
