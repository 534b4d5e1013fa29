/** What can be dragged within an element, and what comes of it. */
export interface Drags<T> {
  /** Where it is taken hold of: elements with this attribute, whose value says what it is. */
  readonly attribute: `data-${string}`;
  readonly targetAt: (dragged: string, event: PointerEvent) => T | undefined;
  readonly show: (target: T | undefined) => void;
  readonly drop: (dragged: string, target: T) => void;
}

const FAR_ENOUGH = 4;
const EDGE = 48;
const SCROLL = 12;

/** Listen for drags within an element, which scrolls while one is held at its edge; gives what ends the listening. */
export function followDrags<T>(frame: HTMLElement, { attribute, targetAt, show, drop }: Drags<T>): () => void {
  let ended: (() => void) | undefined;

  const start = (event: PointerEvent): void => {
    const grip = event.target instanceof Element ? event.target.closest(`[${attribute}]`) : null;
    const dragged = grip?.getAttribute(attribute);
    if (dragged === null || dragged === undefined || event.button !== 0) return;
    event.preventDefault();
    let target: T | undefined;
    let last: PointerEvent | undefined;
    let ticking = 0;
    const aim = (moved: PointerEvent): void => {
      target = targetAt(dragged, moved);
      show(target);
    };
    const tick = (): void => {
      if (last !== undefined && scrollAtEdge(frame, last)) aim(last);
      ticking = requestAnimationFrame(tick);
    };
    const move = (moved: PointerEvent): void => {
      if (Math.hypot(moved.clientX - event.clientX, moved.clientY - event.clientY) < FAR_ENOUGH) return;
      if (last === undefined) tick();
      last = moved;
      aim(moved);
    };
    const end = (): void => {
      if (target !== undefined) drop(dragged, target);
      ended?.();
    };
    const key = (pressed: KeyboardEvent): void => {
      if (pressed.key === "Escape") ended?.();
    };
    const stop = (): void => ended?.();
    ended = () => {
      cancelAnimationFrame(ticking);
      document.removeEventListener("pointermove", move);
      document.removeEventListener("pointerup", end);
      document.removeEventListener("pointercancel", stop);
      document.removeEventListener("keydown", key);
      ended = undefined;
      show(undefined);
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", end);
    document.addEventListener("pointercancel", stop);
    document.addEventListener("keydown", key);
  };

  frame.addEventListener("pointerdown", start);
  return () => {
    frame.removeEventListener("pointerdown", start);
    ended?.();
  };
}

/** Says whether there was something to scroll to. */
function scrollAtEdge(frame: HTMLElement, { clientX, clientY }: PointerEvent): boolean {
  const box = frame.getBoundingClientRect();
  const by = (low: number, high: number, at: number): number =>
    at < low + EDGE ? -SCROLL : at > high - EDGE ? SCROLL : 0;
  const { scrollLeft, scrollTop } = frame;
  frame.scrollBy(by(box.left, box.right, clientX), by(box.top, box.bottom, clientY));
  return frame.scrollLeft !== scrollLeft || frame.scrollTop !== scrollTop;
}
