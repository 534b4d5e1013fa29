import type { KeyboardEvent } from "react";
import { type Acting, duplicateHere, feel, newLane, newPhase, newStep, removeHere, shift } from "./actions";
import { beside, type Direction, type Place } from "./places";

/** What keys do that is no matter of the map. */
export interface Outside {
  readonly commands: () => void;
  readonly details: () => void;
  readonly comments: () => void;
  readonly saveVersion: () => void;
}

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  Home: "first",
  End: "last",
};

/** The keys of the whole editor, wherever the focus is; says whether one was meant. */
export function editorKey(event: KeyboardEvent, acting: Acting, outside: Outside, mayWrite: boolean): boolean {
  if (!(event.ctrlKey || event.metaKey)) return false;
  const key = event.key.toLowerCase();
  if (key === "k") outside.commands();
  else if (key === "i") outside.details();
  else if (!mayWrite || isOwnUndo(event)) return false;
  else if (key === "s") outside.saveVersion();
  else if (key === "z" && !event.shiftKey) acting.editing.undo();
  else if (key === "y" || (key === "z" && event.shiftKey)) acting.editing.redo();
  else return false;
  return true;
}

/** The keys of the grid while nobody writes; says whether one was meant. */
export function gridKey(event: KeyboardEvent, acting: Acting, outside: Outside, mayWrite: boolean): boolean {
  const { selection } = acting;
  const { place } = selection.selected();
  const direction = DIRECTIONS[event.key];
  if (direction !== undefined) return arrow(event, acting, place, direction, mayWrite);
  if (event.key === "/") {
    outside.commands();
    return true;
  }
  if (event.altKey && event.code === "KeyC") {
    outside.comments();
    return true;
  }
  return mayWrite && writingKey(event, acting, place);
}

function arrow(event: KeyboardEvent, acting: Acting, place: Place, direction: Direction, mayWrite: boolean): boolean {
  if (event.altKey) {
    if (mayWrite && direction !== "first" && direction !== "last") shift(acting, place, direction);
    return true;
  }
  const target = beside(acting.editing.store, place, direction);
  if (target !== undefined) acting.selection.go(target);
  return true;
}

function writingKey(event: KeyboardEvent, acting: Acting, place: Place): boolean {
  const { selection } = acting;
  if (event.altKey) return addingKey(event, acting);
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() !== "d") return false;
    duplicateHere(acting, place);
    return true;
  }
  if (event.key === "Enter" || event.key === "F2") selection.write(place);
  else if (event.key === "Delete" || event.key === "Backspace") removeHere(acting, place);
  else if (event.key === "+" && feel(acting, place, 0.5)) return true;
  else if (event.key === "-" && feel(acting, place, -0.5)) return true;
  else if (place.kind === "cell" && [...event.key].length === 1 && event.key !== " ") selection.write(place, event.key);
  else return false;
  return true;
}

function addingKey(event: KeyboardEvent, acting: Acting): boolean {
  const key = event.code;
  if (key === "KeyN" && event.shiftKey) newPhase(acting);
  else if (key === "KeyN") newStep(acting);
  else if (key === "KeyL") newLane(acting, "actions");
  else return false;
  return true;
}

/** Whether somebody undoes letters in a field of the panel, which is the field's own matter. */
function isOwnUndo(event: KeyboardEvent): boolean {
  const { target } = event;
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
