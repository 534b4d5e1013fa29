import { type PointerEvent, useEffect, useRef } from "react";
import type { Editing } from "../model/Editing";

interface Drag {
  /** Where the cell begins on the screen. */
  readonly top: number;
  /** How many changes could be undone before. */
  readonly before: number;
  readonly end: () => void;
}

/** Follows the pointer while it is down; the whole drag is undone as one. Escape takes it back. */
export function useDrag(onHeight: (height: number) => void, editing: Editing) {
  const drag = useRef<Drag>(undefined);
  const frame = useRef(0);
  useEffect(() => () => drag.current?.end(), []);
  const stop = (): Drag | undefined => {
    const ended = drag.current;
    drag.current = undefined;
    ended?.end();
    return ended;
  };
  const onEscape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    cancelAnimationFrame(frame.current);
    const ended = stop();
    if (ended !== undefined && editing.undoing.undoStack.length > ended.before) editing.undo();
  };
  const onPointerUp = (): void => {
    if (stop() !== undefined) requestAnimationFrame(() => editing.part());
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>): void => {
      stop();
      const top = event.currentTarget.parentElement?.getBoundingClientRect().top ?? 0;
      const end = (): void => window.removeEventListener("keydown", onEscape, true);
      drag.current = { top, before: editing.undoing.undoStack.length, end };
      window.addEventListener("keydown", onEscape, true);
      event.currentTarget.setPointerCapture(event.pointerId);
      editing.part();
    },
    onPointerMove: ({ clientY }: PointerEvent<HTMLElement>): void => {
      const { current } = drag;
      if (current === undefined) return;
      cancelAnimationFrame(frame.current);
      frame.current = requestAnimationFrame(() => onHeight(clientY - current.top));
    },
    onPointerUp,
    onPointerCancel: onPointerUp,
  };
}
