import { IndexeddbPersistence } from "y-indexeddb";
import { Awareness } from "y-protocols/awareness";
import * as Y from "yjs";
import { request } from "../../../base/api/client";
import { ApiError } from "../../../base/api/errors";
import { Editing } from "../model/Editing";
import { Connection, type OpenSocket } from "./Connection";
import { PresentStore } from "./present";
import { noteUnkept, unkeptMaps } from "./unkept";

/** How a map can be edited, as the server says. */
export interface Terms {
  /** Names the shared document for ever: what this browser kept of another one does not belong to it. */
  readonly room: string;
  readonly mayWrite: boolean;
  readonly name: string;
}

const REFUSALS = new Set([401, 403, 404]);

/** One open editor of a map: its shared document, the line to its room, and what the browser keeps meanwhile. */
export class Session {
  readonly map: string;
  readonly mayWrite: boolean;
  readonly editing: Editing;
  readonly awareness: Awareness;
  readonly present: PresentStore;
  readonly connection: Connection;
  readonly #persistence: IndexeddbPersistence | undefined;
  readonly #hadUnkept: boolean;

  constructor(map: string, terms: Terms, open: OpenSocket = () => openSocket(map)) {
    const doc = new Y.Doc();
    this.map = map;
    this.mayWrite = terms.mayWrite;
    this.#hadUnkept = unkeptMaps().includes(map);
    this.editing = new Editing(doc);
    this.awareness = new Awareness(doc);
    this.present = new PresentStore(this.awareness);
    this.awareness.setLocalStateField("user", { name: terms.name });
    this.connection = new Connection(doc, this.awareness, {
      mayWrite: terms.mayWrite,
      open,
      mayEnter: () => mayEnter(map),
    });
    this.#persistence = terms.mayWrite ? kept(terms.room, doc) : undefined;
    void this.#persistence?.whenSynced.then(this.connection.offer);
    if (this.#persistence !== undefined) this.connection.subscribe(this.#note);
  }

  /** Whether something was changed here, or sent that this browser had kept. */
  hasChanges(): boolean {
    const { undoing } = this.editing;
    const isChanged = undoing.canUndo() || undoing.canRedo() || this.connection.standing().unkept > 0;
    return this.mayWrite && (isChanged || this.#hadUnkept);
  }

  readonly #note = (): void => {
    const { line, unkept, keptAt } = this.connection.standing();
    if (unkept > 0) noteUnkept(this.map, true);
    else if (line === "online" && keptAt !== undefined) noteUnkept(this.map, false);
  };

  /** Say where this person is: an address of the grid. */
  at(place: string, isEditing: boolean): void {
    const state = this.awareness.getLocalState();
    if (state?.place === place && state.isEditing === isEditing) return;
    this.awareness.setLocalState({ ...state, place, isEditing });
  }

  close(): void {
    this.connection.close();
    this.present.close();
    this.awareness.destroy();
    this.editing.close();
    void this.#persistence?.destroy();
    this.editing.doc.destroy();
  }
}

function kept(room: string, doc: Y.Doc): IndexeddbPersistence | undefined {
  return "indexedDB" in globalThis ? new IndexeddbPersistence(`desireline-map-${room}`, doc) : undefined;
}

/** Whether the server would let this person in; true where it does not answer. */
async function mayEnter(map: string): Promise<boolean> {
  try {
    await request(`/api/maps/map/${encodeURIComponent(map)}/together`);
    return true;
  } catch (error) {
    return !(error instanceof ApiError && REFUSALS.has(error.status));
  }
}

function openSocket(map: string): WebSocket {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return new WebSocket(`${scheme}://${location.host}/api/maps/map/${encodeURIComponent(map)}/together`);
}
