import { afterEach, describe, expect, it, vi } from "vitest";
import { Awareness, applyAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { MINE } from "../model/Editing";
import { Connection } from "./Connection";
import { ABOUT, DOCUMENT, documentMessage, readMessage } from "./messages";

/** A socket whose other end is the test. */
class Line {
  static readonly OPEN = 1;
  readyState = 0;
  binaryType = "";
  readonly sent: Uint8Array[] = [];
  onopen: () => void = () => undefined;
  onmessage: (event: { readonly data: ArrayBuffer }) => void = () => undefined;
  onclose: (event: { readonly code: number }) => void = () => undefined;

  send(message: Uint8Array): void {
    this.sent.push(message);
  }

  close(): void {
    this.readyState = 3;
  }

  open(): void {
    this.readyState = 1;
    this.onopen();
  }

  hear(message: Uint8Array<ArrayBuffer>): void {
    this.onmessage({ data: message.buffer });
  }

  tell(told: object): void {
    const content = new TextEncoder().encode(JSON.stringify(told));
    this.hear(Uint8Array.from([ABOUT.told, content.length, ...content]));
  }

  drop(code = 1006): void {
    this.readyState = 3;
    this.onclose({ code });
  }

  updates(): number {
    return this.sent.map(readMessage).filter((each) => each?.about === "document" && each.kind === DOCUMENT.update)
      .length;
  }
}

function editor(mayWrite = true) {
  const lines: Line[] = [];
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  const connection = new Connection(doc, awareness, {
    mayWrite,
    open: () => {
      lines.push(new Line());
      return lines.at(-1) as unknown as WebSocket;
    },
  });
  const change = (value: string) => doc.transact(() => doc.getMap("steps").set("pay/name", value), MINE);
  const join = (server = new Y.Doc()) => {
    const line = lines.at(-1) as Line;
    line.open();
    line.hear(documentMessage(DOCUMENT.state, Y.encodeStateVector(server)));
    line.hear(documentMessage(DOCUMENT.missing, Y.encodeStateAsUpdate(server)));
    line.tell({ type: "kept" });
    return line;
  };
  return { doc, awareness, connection, lines, change, join };
}

afterEach(() => vi.useRealTimers());

describe("the line to the room", () => {
  it("sends a change and counts it until the server has it on disk", () => {
    const { connection, change, join } = editor();
    const line = join();
    change("I pay");
    expect([line.updates(), connection.standing().unkept]).toEqual([1, 1]);
    line.tell({ type: "kept" });
    expect(connection.standing().unkept).toBe(0);
  });

  it("keeps changes while it is lost, and brings them when it is back", () => {
    vi.useFakeTimers();
    const { doc, connection, lines, change, join } = editor();
    join().drop();
    change("One");
    change("Two");
    expect(connection.standing()).toMatchObject({ line: "away", unkept: 2 });
    vi.advanceTimersByTime(1000);
    expect(lines).toHaveLength(2);
    const server = new Y.Doc();
    const line = lines[1] as Line;
    line.open();
    line.hear(documentMessage(DOCUMENT.state, Y.encodeStateVector(server)));
    const missing = line.sent
      .map(readMessage)
      .find((each) => each?.about === "document" && each.kind === DOCUMENT.missing);
    if (missing?.about === "document") Y.applyUpdate(server, missing.content);
    expect(server.getMap("steps").toJSON()).toEqual(doc.getMap("steps").toJSON());
    line.hear(documentMessage(DOCUMENT.missing, Y.encodeStateAsUpdate(server)));
    line.tell({ type: "kept" });
    expect(connection.standing()).toMatchObject({ line: "online", unkept: 0 });
  });

  it("tells the others anew where the person is when it is back, later than that they left", () => {
    vi.useFakeTimers();
    const { lines, awareness, join } = editor();
    const others = new Awareness(new Y.Doc());
    awareness.setLocalStateField("place", "map");
    const hear = (line: Line) => {
      for (const message of line.sent.map(readMessage)) {
        if (message?.about === "people") applyAwarenessUpdate(others, message.content, "room");
      }
    };
    const line = join();
    hear(line);
    line.drop();
    const { clock = 0 } = others.meta.get(awareness.clientID) ?? {};
    others.meta.set(awareness.clientID, { clock: clock + 1, lastUpdated: 0 });
    others.states.delete(awareness.clientID);
    vi.advanceTimersByTime(1000);
    hear(join());
    expect(others.getStates().get(awareness.clientID)).toMatchObject({ place: "map" });
    expect(lines).toHaveLength(2);
  });

  it("sends nothing of somebody who may only look", () => {
    const { connection, change, join } = editor(false);
    const line = join();
    change("I pay");
    expect([line.updates(), connection.standing().unkept]).toEqual([0, 0]);
  });

  it("does not try again where it is refused", () => {
    vi.useFakeTimers();
    const { connection, lines, join } = editor();
    join().drop(4404);
    vi.advanceTimersByTime(60_000);
    expect([connection.standing().line, lines.length]).toEqual(["refused", 1]);
  });
});
