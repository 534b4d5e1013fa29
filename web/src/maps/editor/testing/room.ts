import { vi } from "vitest";
import * as Y from "yjs";
import { prepared, type Tree, treeOfDoc, writeTree } from "../model/tree";
import {
  ABOUT,
  DOCUMENT,
  documentMessage,
  peopleMessage,
  QUESTION,
  readMessage,
  type Status,
} from "../together/messages";

/** A room at the edge of a test: a shared document behind the sockets that are opened. */
export interface Room {
  readonly doc: Y.Doc;
  readonly tree: () => Tree;
  /** Tell every open editor something. */
  readonly tell: (told: object) => void;
  /** Close every line with a code. */
  readonly drop: (code: number) => void;
  /** Close every line and let none open; gives what lets them open again. */
  readonly cut: () => () => void;
}

const STATUS: Status = {
  type: "status",
  version: 3,
  saved_at: "2026-11-22T10:00:00Z",
  author: "Ada",
  deleted: false,
  unsaved: false,
  problems: [],
};

/** Put a room with a map in the place of the server, for one test. */
export function openRoom(tree: Tree, status: Partial<Status> = {}): Room {
  const doc = prepared(new Y.Doc());
  writeTree(doc, tree);
  const sockets: RoomSocket[] = [];

  class RoomSocket {
    static readonly OPEN = 1;
    readyState = 1;
    binaryType = "";
    onopen: () => void = () => undefined;
    onmessage: (event: { readonly data: ArrayBuffer }) => void = () => undefined;
    onclose: (event: { readonly code: number }) => void = () => undefined;

    constructor() {
      sockets.push(this);
      queueMicrotask(() => {
        this.onopen();
        this.hear(documentMessage(DOCUMENT.state, Y.encodeStateVector(doc)));
        this.hear(spoken({ ...STATUS, ...status }));
      });
    }

    hear(message: Uint8Array<ArrayBuffer>): void {
      this.onmessage({ data: message.slice().buffer });
    }

    send(content: Uint8Array): void {
      if (content[0] === QUESTION[0]) this.hear(peopleMessage(Uint8Array.of(0)));
      const message = readMessage(content);
      if (message?.about !== "document") return;
      if (message.kind === DOCUMENT.state) {
        this.hear(documentMessage(DOCUMENT.missing, Y.encodeStateAsUpdate(doc, message.content)));
        return;
      }
      Y.applyUpdate(doc, message.content);
      this.hear(spoken({ type: "kept" }));
    }

    close(): void {
      this.readyState = 3;
    }
  }

  /** A line that does not open. */
  class NoSocket {
    static readonly OPEN = 1;
    readonly readyState = 3;
    onclose: (event: { readonly code: number }) => void = () => undefined;

    constructor() {
      queueMicrotask(() => this.onclose({ code: 1006 }));
    }

    close(): void {}
  }

  const drop = (code: number): void => {
    for (const socket of sockets) socket.onclose({ code });
  };
  vi.stubGlobal("WebSocket", RoomSocket);
  return {
    doc,
    tree: () => treeOfDoc(doc),
    tell: (told) => {
      for (const socket of sockets) socket.hear(spoken(told));
    },
    drop,
    cut: () => {
      vi.stubGlobal("WebSocket", NoSocket);
      drop(1006);
      return () => vi.stubGlobal("WebSocket", RoomSocket);
    },
  };
}

function spoken(told: object): Uint8Array<ArrayBuffer> {
  const content = new TextEncoder().encode(JSON.stringify(told));
  const length = content.length > 127 ? [(content.length & 127) | 128, content.length >> 7] : [content.length];
  return Uint8Array.from([ABOUT.told, ...length, ...content]);
}
