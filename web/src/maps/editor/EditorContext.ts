import { createContext, use } from "react";
import type { Editing } from "./model/Editing";
import type { Selection } from "./Selection";
import type { Session } from "./together/Session";

/** What every part of one open editor shares; it never changes while the editor is open. */
export interface EditorShared {
  readonly session: Session;
  readonly editing: Editing;
  readonly selection: Selection;
  readonly mayWrite: boolean;
}

export const EditorContext = createContext<EditorShared | undefined>(undefined);

/** The open editor. */
export function useEditor(): EditorShared {
  const shared = use(EditorContext);
  if (shared === undefined) throw new Error("useEditor outside of EditorContext");
  return shared;
}
