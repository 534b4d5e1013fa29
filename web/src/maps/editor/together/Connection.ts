import {
  type Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from "y-protocols/awareness";
import * as Y from "yjs";
import { Alone, type Collision } from "../model/collisions";
import { DOCUMENT, documentMessage, type Message, peopleMessage, QUESTION, readMessage, type Status } from "./messages";
import { Pulse } from "./Pulse";

/** How an editor stands with its room. */
export interface Standing {
  /** `away`: the connection is lost, and is tried again. `refused`: the room will not have this editor. */
  readonly line: "connecting" | "online" | "away" | "refused";
  /** Changes that the server does not have on disk yet. */
  readonly unkept: number;
  /** When the server last had everything. */
  readonly keptAt: Date | undefined;
  readonly status: Status | undefined;
  /** What the room said against a change, or of a fault. */
  readonly complaint: string | undefined;
  /** What somebody else wrote at the same places while the line was lost. */
  readonly collisions: readonly Collision[];
}

/** The origin of changes that came from the room. */
export const ROOM = "room";

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;
/** So long after this editor came back, what others write may be from when they were alone. */
const OTHERS_COME_BACK = 2 * LONGEST_PAUSE;
/** Codes from here to the next hundred are HTTP's with 4000 before them. */
const REFUSED = 4400;
/** A line that was given up because nothing came any more; what browsers say of one that broke. */
const SILENT = 1006;

/** Opens a socket; another one in tests. */
export type OpenSocket = () => WebSocket;

interface Options {
  readonly mayWrite: boolean;
  readonly open: OpenSocket;
  /** Asked where a socket did not even open, for a browser does not say why: false where the server refuses this person. */
  readonly mayEnter?: () => Promise<boolean>;
}

/** Carries changes and presence between an editor and its room; where the line is lost, it goes on and merges later. */
export class Connection {
  readonly #doc: Y.Doc;
  readonly #awareness: Awareness;
  readonly #open: OpenSocket;
  readonly #mayWrite: boolean;
  readonly #mayEnter: () => Promise<boolean>;
  readonly #listeners = new Set<() => void>();
  #standing: Standing = {
    line: "connecting",
    unkept: 0,
    keptAt: undefined,
    status: undefined,
    complaint: undefined,
    collisions: [],
  };
  /** Since the line was lost last. */
  #alone: Alone | undefined;
  #joinedAt = 0;
  #socket: WebSocket | undefined;
  /** What the room had when this editor came in; undefined: the room has not said. */
  #theirs: Uint8Array | undefined;
  /** How many changes each message holds that the server has not answered yet. */
  #sent: number[] = [];
  #pause = FIRST_PAUSE;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  #hasOpened = false;
  readonly #pulse = new Pulse(
    () => this.#socket?.readyState === WebSocket.OPEN && this.#socket.send(QUESTION),
    () => this.#giveUp(),
  );

  constructor(doc: Y.Doc, awareness: Awareness, options: Options) {
    this.#doc = doc;
    this.#awareness = awareness;
    this.#open = options.open;
    this.#mayWrite = options.mayWrite;
    this.#mayEnter = options.mayEnter ?? (() => Promise.resolve(true));
    doc.on("update", this.#sendUpdate);
    awareness.on("update", this.#sendPeople);
    globalThis.addEventListener?.("offline", this.#doubt);
    globalThis.addEventListener?.("online", this.#back);
    globalThis.addEventListener?.("focus", this.#lookAgain);
    this.#connect();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly standing = (): Standing => this.#standing;

  /** Somebody has seen to what was written twice. */
  readonly settle = (collision: Collision): void => {
    this.#tell({ collisions: this.#standing.collisions.filter((each) => each !== collision) });
  };

  /** Try the line again at once. */
  readonly retry = (): void => {
    if (this.#socket !== undefined || this.#closed) return;
    clearTimeout(this.#timer);
    this.#connect();
  };

  /** When the server has every change on disk; false: the line is lost. */
  whenKept(): Promise<boolean> {
    return this.#whenKeptUnless(({ line }) => line === "away" || line === "refused");
  }

  /** When the server has every change on disk, however often the line is lost before; false: the room refuses this editor. */
  whenKeptAtLast(): Promise<boolean> {
    return this.#whenKeptUnless(({ line }) => line === "refused");
  }

  /** Send what the room misses of a document that grew by what this browser had kept. */
  readonly offer = (): void => {
    if (this.#mayWrite && this.#theirs !== undefined) {
      this.#send(DOCUMENT.update, Y.encodeStateAsUpdate(this.#doc, this.#theirs), 0);
    }
  };

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#pulse.stop();
    globalThis.removeEventListener?.("offline", this.#doubt);
    globalThis.removeEventListener?.("online", this.#back);
    globalThis.removeEventListener?.("focus", this.#lookAgain);
    this.#doc.off("update", this.#sendUpdate);
    removeAwarenessStates(this.#awareness, [this.#doc.clientID], "closed");
    this.#awareness.off("update", this.#sendPeople);
    this.#socket?.close();
    this.#socket = undefined;
  }

  #whenKeptUnless(isOver: (standing: Standing) => boolean): Promise<boolean> {
    return new Promise((resolve) => {
      const look = (): void => {
        const standing = this.#standing;
        if (!isOver(standing) && (standing.line !== "online" || standing.unkept > 0)) return;
        end();
        resolve(!isOver(standing));
      };
      const end = this.subscribe(look);
      look();
    });
  }

  #connect(): void {
    const socket = this.#open();
    this.#socket = socket;
    this.#hasOpened = false;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.#hasOpened = true;
      socket.send(documentMessage(DOCUMENT.state, Y.encodeStateVector(this.#doc)));
    };
    socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
      if (this.#socket !== socket) return;
      this.#pulse.answered();
      const message = readMessage(new Uint8Array(data));
      if (message !== undefined) this.#receive(message);
    };
    socket.onclose = ({ code }) => this.#lost(socket, code);
    this.#pulse.start();
  }

  /** The browser says that it has no network: the room may be on this machine, so ask. */
  readonly #doubt = (): void => this.#pulse.doubt();

  readonly #back = (): void => {
    this.#pulse.doubt();
    this.retry();
  };

  /** Somebody comes back to this window: they may have signed in again in another one. */
  readonly #lookAgain = (): void => {
    if (this.#standing.line === "refused") this.retry();
  };

  #giveUp(): void {
    const socket = this.#socket;
    if (socket === undefined) return;
    this.#lost(socket, SILENT);
    socket.close();
  }

  #lost(socket: WebSocket, code: number): void {
    if (this.#socket !== socket) return;
    this.#socket = undefined;
    this.#pulse.stop();
    this.#sent = [];
    this.#theirs = undefined;
    if (this.#standing.line === "online") this.#alone = new Alone(this.#doc);
    const others = [...this.#awareness.getStates().keys()].filter((client) => client !== this.#doc.clientID);
    removeAwarenessStates(this.#awareness, others, ROOM);
    for (const client of others) this.#awareness.meta.delete(client);
    this.#renew();
    if (code >= REFUSED && code < REFUSED + 100) {
      this.#tell({ line: "refused" });
      return;
    }
    if (this.#standing.line !== "refused") this.#tell({ line: "away" });
    this.#timer = setTimeout(() => this.#connect(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    if (!this.#hasOpened) void this.#askWhy();
  }

  async #askWhy(): Promise<void> {
    if ((await this.#mayEnter()) || this.#closed || this.#socket !== undefined) return;
    clearTimeout(this.#timer);
    this.#tell({ line: "refused" });
  }

  #receive(message: Message): void {
    if (message.about === "document") this.#receiveDocument(message.kind, message.content);
    else if (message.about === "people") applyAwarenessUpdate(this.#awareness, message.content, ROOM);
    else if (message.told.type === "kept") this.#kept();
    else if (message.told.type === "status") this.#tell({ status: message.told });
    else this.#tell({ complaint: message.told.message });
  }

  #receiveDocument(kind: number, content: Uint8Array): void {
    if (kind === DOCUMENT.missing) {
      this.#comeTogether(content);
      return;
    }
    if (kind === DOCUMENT.update) {
      this.#follow(content);
      return;
    }
    this.#pause = FIRST_PAUSE;
    this.#theirs = content.slice();
    if (this.#mayWrite) this.#send(DOCUMENT.missing, Y.encodeStateAsUpdate(this.#doc, content), this.#standing.unkept);
    this.#renew();
  }

  #comeTogether(missing: Uint8Array): void {
    const found = this.#alone?.join(this.#doc, missing, ROOM);
    if (found === undefined) Y.applyUpdate(this.#doc, missing, ROOM);
    this.#joinedAt = Date.now();
    this.#tell({ line: "online", collisions: [...this.#standing.collisions, ...(found ?? [])] });
  }

  /** Others who were alone too come back one after the other, such as after the server was started again. */
  #follow(update: Uint8Array): void {
    if (Date.now() - this.#joinedAt > OTHERS_COME_BACK) this.#alone = undefined;
    const found = this.#alone?.follow(this.#doc, update, ROOM);
    if (found === undefined) Y.applyUpdate(this.#doc, update, ROOM);
    else if (found.length > 0) this.#tell({ collisions: [...this.#standing.collisions, ...found] });
  }

  /** Say anew where this person is; the clock that goes on makes it count, also after the others heard that they left. */
  #renew(): void {
    const state = this.#awareness.getLocalState();
    if (state !== null) this.#awareness.setLocalState(state);
  }

  #kept(): void {
    const count = this.#sent.shift() ?? 0;
    const unkept = Math.max(0, this.#standing.unkept - count);
    this.#tell({ unkept, complaint: undefined, ...(unkept === 0 && { keptAt: new Date() }) });
  }

  readonly #sendUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === ROOM || !this.#mayWrite || !isFromHere(origin)) return;
    this.#tell({ unkept: this.#standing.unkept + 1 });
    if (this.#standing.line === "online") this.#send(DOCUMENT.update, update, 1);
  };

  readonly #sendPeople = (changed: {
    readonly added?: readonly number[];
    readonly updated?: readonly number[];
    readonly removed?: readonly number[];
  }): void => {
    const mine = [...(changed.added ?? []), ...(changed.updated ?? []), ...(changed.removed ?? [])];
    if (!mine.includes(this.#doc.clientID) || this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#socket.send(peopleMessage(encodeAwarenessUpdate(this.#awareness, [this.#doc.clientID])));
  };

  #send(kind: number, content: Uint8Array, count: number): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#sent.push(count);
    this.#socket.send(documentMessage(kind, content));
  }

  #tell(changed: Partial<Standing>): void {
    this.#standing = { ...this.#standing, ...changed };
    for (const listener of this.#listeners) listener();
  }
}

/** Whether a change was made in this editor, not read from what the browser kept. */
function isFromHere(origin: unknown): boolean {
  return typeof origin === "string" || origin instanceof Y.UndoManager;
}
