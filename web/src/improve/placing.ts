/** Where the labels of the matrix stand, so that none covers another or a circle. */

/** A circle with a label, in pixels. */
export interface Bubble {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly width: number;
  readonly height: number;
}

/** The left upper corner of a label; the line leads to it where it does not stand beside its circle. */
export interface Placed {
  readonly x: number;
  readonly y: number;
  /** Which end of the text is nearest to the circle. */
  readonly anchor: "start" | "middle" | "end";
  readonly led: boolean;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const GAP = 5;
const STEP = 6;

/**
 * Circles at the same place beside each other: each one that would cover another moves aside, to the left or up first, for what lies
 * on the middle line counts as less effort, and as more value.
 */
export function spread<T extends Pick<Bubble, "x" | "y" | "radius">>(bubbles: readonly T[], bounds: Box): readonly T[] {
  const found: T[] = [];
  for (const bubble of bubbles) found.push(free(bubble, found, bounds));
  return found;
}

function free<T extends Pick<Bubble, "x" | "y" | "radius">>(bubble: T, others: readonly T[], bounds: Box): T {
  for (let ring = 0; ring < 60; ring += 1) {
    for (let turn = 0; turn < Math.max(8 * ring, 1); turn += 1) {
      const angle = Math.PI + (2 * Math.PI * turn) / Math.max(8 * ring, 1);
      const moved = {
        ...bubble,
        x: bubble.x + ring * STEP * Math.cos(angle),
        y: bubble.y + ring * STEP * Math.sin(angle),
      };
      if (within(circleBox(moved), bounds) && others.every((each) => apart(moved, each))) return moved;
    }
  }
  return bubble;
}

function apart(one: Pick<Bubble, "x" | "y" | "radius">, other: Pick<Bubble, "x" | "y" | "radius">): boolean {
  return Math.hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius + 1;
}

/** A place for every label: beside its circle where that is free, else further above or below. */
export function placeLabels(bubbles: readonly Bubble[], bounds: Box): readonly Placed[] {
  const taken: Box[] = bubbles.map(circleBox);
  return bubbles.map((bubble) => {
    const found = candidates(bubble).find((each) => {
      const box = boxOf(each, bubble);
      return within(box, bounds) && taken.every((other) => !overlap(box, other));
    }) ?? { x: bubble.x + bubble.radius + GAP, y: bubble.y - bubble.height / 2, anchor: "start" as const, led: false };
    taken.push(boxOf(found, bubble));
    return found;
  });
}

function* places(bubble: Bubble): Generator<Placed> {
  const { x, y, radius, width, height } = bubble;
  const right = x + radius + GAP;
  const left = x - radius - GAP - width;
  for (let away = 0; away < 40; away += 1) {
    for (const way of away === 0 ? [0] : [-1, 1]) {
      const top = y - height / 2 + way * away * STEP;
      const led = away > 1;
      yield { x: right, y: top, anchor: "start", led };
      yield { x: left, y: top, anchor: "end", led };
      if (away * STEP > radius + height / 2) yield { x: x - width / 2, y: top, anchor: "middle", led };
    }
  }
}

function candidates(bubble: Bubble): readonly Placed[] {
  return [...places(bubble)];
}

export function boxOf(placed: Placed, { width, height }: Pick<Bubble, "width" | "height">): Box {
  return { left: placed.x, top: placed.y, right: placed.x + width, bottom: placed.y + height };
}

export function circleBox({ x, y, radius }: Pick<Bubble, "x" | "y" | "radius">): Box {
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
}

export function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function within(box: Box, bounds: Box): boolean {
  return box.left >= bounds.left && box.right <= bounds.right && box.top >= bounds.top && box.bottom <= bounds.bottom;
}
