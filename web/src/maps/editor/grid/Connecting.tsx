import { type RefObject, useEffect, useState } from "react";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { following, isNamed, toggleFollowing } from "../model/commands/following";
import type { Editing } from "../model/Editing";
import type { EditorWords } from "../words.en";
import classes from "./Connecting.module.css";
import { followDrags } from "./dragging";

/** The step that would follow, what would come of it, and the line that shows it, from and to where. */
interface Target {
  readonly step: string;
  readonly said: string;
  readonly isBack: boolean;
  readonly line: { readonly x: number; readonly y: number; readonly toX: number; readonly toY: number };
  /** The middle of the words, all of them in sight. */
  readonly saidAt: number;
}

/** Half as wide as the words can be, with the border. */
const HALF = 124;

/** Dragging from the handle of a step to one that may follow it: a branch, a loop; dragged again, it no longer may. */
export function Connecting({ frame }: { readonly frame: RefObject<HTMLDivElement | null> }) {
  const words = useWords(editorWords);
  const { editing, selection, mayWrite } = useEditor();
  const [target, setTarget] = useState<Target>();
  useEffect(() => {
    const element = frame.current;
    if (element === null || !mayWrite) return undefined;
    return followDrags<Target>(element, {
      attribute: "data-way",
      targetAt: (step, event) => targetAt(element, step, event, editing, words),
      show: setTarget,
      drop: (step, { step: to }) => {
        toggleFollowing(editing, step, to);
        selection.go({ kind: "step", step });
      },
    });
  }, [frame, editing, selection, mayWrite, words]);
  if (target === undefined) return null;
  const { x, y, toX, toY } = target.line;
  const top = Math.min(y, toY) - 36;
  return (
    <>
      <svg className={classes.line} data-back={target.isBack ? "" : undefined} aria-hidden>
        <path d={`M${String(x)} ${String(y)}C${[x, top, toX, top, toX, toY].map(String).join(" ")}`} />
        <circle cx={toX} cy={toY} r={5} />
      </svg>
      <div className={classes.said} style={{ left: target.saidAt, top: toY + 8 }} role="status">
        {target.said}
      </div>
    </>
  );
}

/** The step under the pointer, unless it is the same, or follows anyway. */
function targetAt(
  frame: HTMLElement,
  from: string,
  { clientX }: PointerEvent,
  editing: Editing,
  words: EditorWords,
): Target | undefined {
  const heads = [...frame.querySelectorAll<HTMLElement>('[data-place^="step:"]')];
  const stepOf = (head: HTMLElement | undefined): string => head?.dataset.place?.slice("step:".length) ?? "";
  const start = heads.findIndex((head) => stepOf(head) === from);
  const end = heads.findIndex((head) => {
    const box = head.getBoundingClientRect();
    return clientX >= box.left && clientX < box.right;
  });
  const step = stepOf(heads[end]);
  if (start < 0 || end < 0 || start === end) return undefined;
  const isGone = isNamed(editing, from, step);
  if (!isGone && following(editing, from).includes(step)) return undefined;
  const name = (id: string): string => String(editing.store.fields("steps", id).name ?? "");
  const said = isGone ? words.wayGone : end > start ? words.wayOn : words.wayBack;
  const [x, y] = middleTop(frame, heads[start]);
  const [toX, toY] = middleTop(frame, heads[end]);
  const saidAt = Math.min(Math.max(toX, frame.scrollLeft + HALF), frame.scrollLeft + frame.clientWidth - HALF);
  return { step, said: said(name(from), name(step)), isBack: end < start, line: { x, y, toX, toY }, saidAt };
}

/** The middle of the upper edge of an element, from the beginning of what the frame scrolls. */
function middleTop(frame: HTMLElement, element: HTMLElement | undefined): readonly [number, number] {
  const whole = frame.getBoundingClientRect();
  const box = element?.getBoundingClientRect() ?? whole;
  return [box.left + box.width / 2 - whole.left + frame.scrollLeft, box.top - whole.top + frame.scrollTop];
}
