import { useRef, useSyncExternalStore } from "react";
import { useEditor } from "./EditorContext";
import type { CellView } from "./model/cells";
import type { Store } from "./model/Store";
import type { Fields, Kind } from "./model/shape";
import { type Column, columnsOf } from "./places";
import type { Selected } from "./Selection";
import type { Standing } from "./together/Connection";
import type { Present } from "./together/present";

/** What somebody reads of the map; again only where it changed. */
export function useRead<T>(read: (store: Store) => T): T {
  const { store } = useEditor().editing;
  return useSyncExternalStore(store.subscribe, () => read(store));
}

/** The fields of a thing. */
export function useFields(kind: Kind, id: string): Fields {
  return useRead((store) => store.fields(kind, id));
}

/** The ids of what lies in a thing, or in the map. */
export function useChildren(kind: Kind, holder = ""): readonly string[] {
  return useRead((store) => store.children(kind, holder));
}

/** What a lane says at a step. */
export function useCell(lane: string, step: string): CellView {
  return useRead((store) => store.cell(lane, step));
}

/** The same value as before while it says the same. */
export function useAlike<T>(read: (store: Store) => T): T {
  const before = useRef<{ readonly text: string | undefined; readonly value: T }>(undefined);
  return useRead((store) => {
    const value = read(store);
    const text = JSON.stringify(value);
    if (before.current !== undefined && before.current.text === text) return before.current.value;
    before.current = { text, value };
    return value;
  });
}

/** The columns of the grid. */
export function useColumns(): readonly Column[] {
  return useAlike(columnsOf);
}

/** Something of what is selected. */
export function useSelected<T>(read: (selected: Selected) => T): T {
  const { selection } = useEditor();
  return useSyncExternalStore(selection.subscribe, () => read(selection.selected()));
}

/** Whether a place is selected. */
export function useIsHere(name: string): boolean {
  return useSelected((selected) => selected.name === name);
}

/** What is written at a place at first; undefined where nobody writes there. */
export function useWriting(name: string): string | undefined {
  return useSelected((selected) => (selected.name === name ? selected.writing : undefined));
}

/** How the editor stands with the server. */
export function useStanding(): Standing {
  const { connection } = useEditor().session;
  return useSyncExternalStore(connection.subscribe, connection.standing);
}

/** Who else is here. */
export function usePresent(): readonly Present[] {
  const { present } = useEditor().session;
  return useSyncExternalStore(present.subscribe, present.all);
}

/** Who else is at a place. */
export function usePresentAt(place: string): readonly Present[] {
  const { present } = useEditor().session;
  return useSyncExternalStore(present.subscribe, () => present.at(place));
}
