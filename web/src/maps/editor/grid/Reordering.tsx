import { type RefObject, useEffect, useState } from "react";
import { useEditor } from "../EditorContext";
import { moveLane } from "../model/commands/lanes";
import { movePhase } from "../model/commands/phases";
import { moveStep } from "../model/commands/steps";
import type { Editing } from "../model/Editing";
import { holderOf } from "../model/living";
import { type Place, readPlace } from "../places";
import { followDrags } from "./dragging";
import classes from "./Grid.module.css";

/** Where what is dragged would go: the thing beside it, on which side, and the line that shows it. */
interface Target {
  readonly place: Place;
  readonly isBehind: boolean;
  readonly line: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
}

/** Dragging phases, steps and lanes by their grips: the line shows where they go, Escape takes it back. */
export function Reordering({ frame }: { readonly frame: RefObject<HTMLDivElement | null> }) {
  const { editing, selection, mayWrite } = useEditor();
  const [line, setLine] = useState<Target["line"]>();
  useEffect(() => {
    const element = frame.current;
    if (element === null || !mayWrite) return undefined;
    return followDrags<Target>(element, {
      attribute: "data-grip",
      targetAt: (name, event) => targetAt(element, readPlace(name), event),
      show: (target) => setLine(target?.line),
      drop: (name, target) => {
        const dragged = readPlace(name);
        if (dragged === undefined) return;
        drop(editing, dragged, target);
        selection.go(dragged);
      },
    });
  }, [frame, editing, selection, mayWrite]);
  return line === undefined ? null : <div className={classes.insert} style={line} />;
}

/** The thing of the same kind under the pointer; a step may go beside the steps of every phase. */
function targetAt(
  frame: HTMLElement,
  dragged: Place | undefined,
  { clientX, clientY }: PointerEvent,
): Target | undefined {
  if (dragged === undefined) return undefined;
  const kind = dragged.kind;
  const isLane = kind === "lane";
  const frameBox = frame.getBoundingClientRect();
  const things = [...frame.querySelectorAll<HTMLElement>(`[data-place^="${kind}:"]`)].filter(
    (each) => each.dataset.place !== undefined && !each.dataset.place.includes("/"),
  );
  const boxes = things.map((each) => ({ place: readPlace(each.dataset.place), box: each.getBoundingClientRect() }));
  const pointer = isLane ? clientY : clientX;
  const found = boxes.find(({ box }) => pointer <= (isLane ? box.bottom : box.right)) ?? boxes.at(-1);
  if (found?.place === undefined) return undefined;
  const { box } = found;
  const isBehind = pointer > (isLane ? box.top + box.height / 2 : box.left + box.width / 2);
  const left = frame.scrollLeft - frameBox.left;
  const top = frame.scrollTop - frameBox.top;
  const line = isLane
    ? { left: 0, top: (isBehind ? box.bottom : box.top) + top - 1, width: frame.scrollWidth, height: 2 }
    : { left: (isBehind ? box.right : box.left) + left - 1, top: 0, width: 2, height: frame.scrollHeight };
  return { place: found.place, isBehind, line };
}

/** Put what was dragged beside its target. */
function drop(editing: Editing, dragged: Place, { place, isBehind }: Target): void {
  const { store } = editing;
  const before = (list: readonly string[], id: string, own: string): string | undefined => {
    const others = list.filter((each) => each !== own);
    return others[others.indexOf(id) - 1];
  };
  if (dragged.kind === "lane" && place.kind === "lane" && dragged.lane !== place.lane) {
    moveLane(editing, dragged.lane, isBehind ? place.lane : before(store.children("lanes"), place.lane, dragged.lane));
  } else if (dragged.kind === "phase" && place.kind === "phase" && dragged.phase !== place.phase) {
    const after = isBehind ? place.phase : before(store.children("phases"), place.phase, dragged.phase);
    movePhase(editing, dragged.phase, after);
  } else if (dragged.kind === "step" && place.kind === "step" && dragged.step !== place.step) {
    const phase = holderOf(store.fields("steps", place.step));
    const after = isBehind ? place.step : before(store.children("steps", phase), place.step, dragged.step);
    moveStep(editing, dragged.step, phase, after);
  }
}
