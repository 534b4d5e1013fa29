import { notifications } from "@mantine/notifications";
import { type ClipboardEvent, type CSSProperties, type KeyboardEvent, memo, useEffect, useRef } from "react";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { gridKey, type Outside } from "../keyboard";
import { cellText } from "../model/commands/cellText";
import { isTable, paste, pastedRows } from "../model/commands/paste";
import { useChildren, useColumns, useRead, useSelected } from "../reading";
import { Adding } from "./Adding";
import { Connecting } from "./Connecting";
import { EmptyMap } from "./EmptyMap";
import classes from "./Grid.module.css";
import { LaneRow } from "./LaneRow";
import { MeasuredRow } from "./MeasuredRow";
import type { MeasuredSteps } from "./measuredSteps";
import { PhaseRow } from "./PhaseRow";
import { Reordering } from "./Reordering";
import { StepRow } from "./StepRow";
import { WaysRow } from "./WaysRow";

interface GridProps {
  readonly outside: Outside;
  readonly measured: MeasuredSteps | undefined;
}

/** The map as a grid: phases and steps above, lanes below; arrows go through it, Enter writes. */
export const Grid = memo(function Grid({ outside, measured }: GridProps) {
  const words = useWords(editorWords);
  const { editing, selection, mayWrite } = useEditor();
  const frame = useRef<HTMLDivElement>(null);
  const columns = useColumns();
  const lanes = useChildren("lanes");
  const title = useRead((store) => String(store.root.title ?? ""));
  useFocus(frame);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (selection.selected().writing !== undefined || !isOfGrid(event.target)) return;
    if (gridKey(event, { editing, selection, words }, outside, mayWrite)) event.preventDefault();
  };
  const onCopy = (event: ClipboardEvent): void => {
    const { place, writing } = selection.selected();
    if (writing !== undefined || place.kind !== "cell" || !isOfGrid(event.target)) return;
    event.clipboardData.setData("text/plain", cellText(editing, place.lane, place.step));
    event.preventDefault();
  };
  const onPaste = (event: ClipboardEvent): void => {
    const { place, writing } = selection.selected();
    if (!mayWrite || writing !== undefined || place.kind !== "cell" || !isOfGrid(event.target)) return;
    const text = event.clipboardData.getData("text/plain");
    const count = paste(editing, place.lane, place.step, isTable(text) ? pastedRows(text) : [[text]]);
    if (count > 1) notifications.show({ message: words.pasted(count) });
    event.preventDefault();
  };

  if (columns.length === 0) return <EmptyMap />;
  return (
    <div className={classes.frame} ref={frame}>
      <div
        role="grid"
        className={classes.grid}
        style={{ "--columns": columns.length } as CSSProperties}
        aria-label={words.grid(title)}
        aria-readonly={!mayWrite}
        onKeyDown={onKeyDown}
        onCopy={onCopy}
        onPaste={onPaste}
      >
        <PhaseRow columns={columns} />
        <WaysRow columns={columns} />
        <StepRow columns={columns} />
        {measured !== undefined && <MeasuredRow columns={columns} measured={measured} />}
        {lanes.map((lane) => (
          <LaneRow key={lane} lane={lane} columns={columns} measured={measured} />
        ))}
      </div>
      {mayWrite && <Adding />}
      <Reordering frame={frame} />
      <Connecting frame={frame} />
    </div>
  );
});

/** Whether an event comes from a place of the grid itself, not from a control in it. */
function isOfGrid(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.dataset.place !== undefined;
}

/** The element of the selected place has the focus whenever the selection goes there by key. */
function useFocus(frame: React.RefObject<HTMLDivElement | null>): void {
  const name = useSelected((selected) => selected.name);
  const isWriting = useSelected((selected) => selected.writing !== undefined);
  useEffect(() => {
    if (isWriting) return;
    const element = frame.current?.querySelector<HTMLElement>(`[data-place="${CSS.escape(name)}"]`);
    const active = document.activeElement;
    const isFree = active === null || active === document.body || frame.current?.contains(active) === true;
    if (element !== null && element !== undefined && isFree && active !== element) element.focus();
  }, [frame, name, isWriting]);
}
