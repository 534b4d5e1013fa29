import * as Y from "yjs";
import { Pen } from "./Pen";
import { Store } from "./Store";
import { KINDS, ROOT } from "./shape";
import { prepared } from "./tree";

/** The origin of changes that this person made. */
export const MINE = "mine";
const MAKING = "making";

/** One shared document that somebody edits: reading it, changing it, undoing what they changed themselves. */
export class Editing {
  readonly doc: Y.Doc;
  readonly store: Store;
  readonly undoing: Y.UndoManager;
  readonly #letters: () => string;
  #last: string | undefined;

  /** @param letters gives a few random letters from a to z and digits, for new ids. */
  constructor(doc: Y.Doc, letters: () => string = randomLetters) {
    this.doc = prepared(doc);
    this.store = new Store(doc);
    this.#letters = letters;
    const scope = [ROOT, ...KINDS].map((kind) => doc.getMap(kind));
    this.undoing = new Y.UndoManager(scope, { trackedOrigins: new Set([MINE]), captureTimeout: 1e12 });
  }

  close(): void {
    this.undoing.destroy();
    this.store.close();
  }

  /**
   * Change the document in one step that is undone as one.
   *
   * @param joins changes one after the other with the same name here are undone as one: letters of one text.
   */
  change(work: (pen: Pen) => void, joins?: string): void {
    const pen = new Pen(this.store, this.#letters);
    work(pen);
    if (pen.isIdle) return;
    if (joins === undefined || joins !== this.#last) this.undoing.stopCapturing();
    this.#last = joins;
    this.doc.transact(() => pen.make(this.doc), MAKING);
    this.doc.transact(() => pen.write(this.doc), MINE);
  }

  /** Hear when what can be undone changes. */
  readonly followUndo = (listener: () => void): (() => void) => {
    const names = ["stack-item-added", "stack-item-popped", "stack-cleared"] as const;
    for (const name of names) this.undoing.on(name, listener);
    return () => {
      for (const name of names) this.undoing.off(name, listener);
    };
  };

  /** The next change is undone by itself. */
  part(): void {
    this.#last = undefined;
  }

  undo(): boolean {
    this.part();
    return this.undoing.undo() !== null;
  }

  redo(): boolean {
    this.part();
    return this.undoing.redo() !== null;
  }
}

function randomLetters(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => (byte % 36).toString(36)).join("");
}
