import { afterEach, describe, expect, it, vi } from "vitest";
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { MINE } from "../model/Editing";
import { Connection } from "./Connection";
import { ABOUT, DOCUMENT, documentMessage, peopleMessage, QUESTION, readMessage } from "./messages";

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
    if (message[0] === QUESTION[0] && this.answers) this.hear(peopleMessage(Uint8Array.of(0)));
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

  /** Answer what is asked from now on; false: say nothing more, as where the network is gone. */
  answers = true;

  updates(): number {
    return this.sent.map(readMessage).filter((each) => each?.about === "document" && each.kind === DOCUMENT.update)
      .length;
  }
}

function editor(mayWrite = true, mayEnter: () => Promise<boolean> = () => Promise.resolve(true)) {
  const lines: Line[] = [];
  const doc = new Y.Doc();
  const awareness = new Awareness(doc);
  const connection = new Connection(doc, awareness, {
    mayWrite,
    mayEnter,
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

function keptBefore(name: string): Uint8Array {
  const doc = new Y.Doc();
  doc.getMap("steps").set("pay/name", name);
  return Y.encodeStateAsUpdate(doc);
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

  it("counts as lost within ten seconds where nothing comes any more, though nobody closed it", () => {
    vi.useFakeTimers();
    const { connection, change, join, lines } = editor();
    const line = join();
    vi.advanceTimersByTime(60_000);
    expect([connection.standing().line, lines.length]).toEqual(["online", 1]);
    line.answers = false;
    change("I pay");
    vi.advanceTimersByTime(10_000);
    expect(connection.standing()).toMatchObject({ line: "away", unkept: 1 });
    expect(line.readyState).toBe(3);
    expect(lines.length).toBeGreaterThan(1);
  });

  it("counts as lost where a room never answers, and is tried again", () => {
    vi.useFakeTimers();
    const { connection, lines } = editor();
    vi.advanceTimersByTime(14_000);
    expect([connection.standing().line, lines.length]).toEqual(["away", 2]);
  });

  it("hears nothing more of a line that was given up", () => {
    vi.useFakeTimers();
    const { connection, join } = editor();
    const line = join();
    line.answers = false;
    vi.advanceTimersByTime(10_000);
    line.tell({ type: "status", version: 9 });
    expect(connection.standing().status).toBeUndefined();
  });

  it.each([
    [true, "online"],
    [false, "away"],
  ] as const)("is asked for at once where the browser says that it is offline; answers: %s", (answers, line) => {
    vi.useFakeTimers();
    const { connection, join } = editor();
    join().answers = answers;
    globalThis.dispatchEvent(new Event("offline"));
    vi.advanceTimersByTime(2000);
    expect(connection.standing().line).toBe(line);
  });

  it("is tried at once where the browser says that it is online again", () => {
    vi.useFakeTimers();
    const { lines, join } = editor();
    join().drop();
    globalThis.dispatchEvent(new Event("online"));
    expect(lines).toHaveLength(2);
  });

  it("shows those who are there at once when it is back, not only with their next move", () => {
    vi.useFakeTimers();
    const { awareness, join } = editor();
    const other = new Awareness(new Y.Doc());
    other.setLocalState({ place: "map" });
    const here = peopleMessage(encodeAwarenessUpdate(other, [other.clientID]));
    const line = join();
    line.hear(here);
    line.drop();
    expect(awareness.getStates().has(other.clientID)).toBe(false);
    vi.advanceTimersByTime(1000);
    join().hear(here);
    expect(awareness.getStates().get(other.clientID)).toEqual({ place: "map" });
  });

  it("says when the server has everything, and where it is lost that it has not", async () => {
    const { connection, change, join } = editor();
    const line = join();
    change("I pay");
    const kept = connection.whenKept();
    line.tell({ type: "kept" });
    expect(await kept).toBe(true);
    change("I pay by card");
    const lost = connection.whenKept();
    line.drop();
    expect(await lost).toBe(false);
  });

  it("waits through a lost line for the server to have everything, and not for one that refuses", async () => {
    vi.useFakeTimers();
    const { connection, change, join } = editor();
    join();
    change("I pay");
    const kept = connection.whenKeptAtLast();
    join().drop();
    vi.advanceTimersByTime(1000);
    const line = join();
    expect(await kept).toBe(true);
    change("I pay by card");
    const refused = connection.whenKeptAtLast();
    line.drop(4403);
    expect(await refused).toBe(false);
  });

  it("sends what the browser had kept when that comes after the room's own", () => {
    const { doc, connection, join } = editor();
    const line = join();
    Y.applyUpdate(doc, keptBefore("I pay by card"), {});
    expect(line.updates()).toBe(0);
    connection.offer();
    const server = new Y.Doc();
    const sent = line.sent.map(readMessage).at(-1);
    if (sent?.about === "document") Y.applyUpdate(server, sent.content);
    expect(server.getMap("steps").toJSON()).toEqual({ "pay/name": "I pay by card" });
    expect(connection.standing().unkept).toBe(0);
  });

  it("does not try again where it is refused", () => {
    vi.useFakeTimers();
    const { connection, lines, join } = editor();
    join().drop(4404);
    vi.advanceTimersByTime(60_000);
    expect([connection.standing().line, lines.length]).toEqual(["refused", 1]);
  });

  it("tries again where it was refused when somebody comes back to its window", () => {
    const { connection, lines, join } = editor();
    join().drop(4403);
    globalThis.dispatchEvent(new Event("focus"));
    expect(lines.length).toBe(2);
    join();
    expect(connection.standing().line).toBe("online");
  });

  it("is refused where a line does not open and the server says that this person may not come in", async () => {
    const { connection, lines } = editor(true, () => Promise.resolve(false));
    lines[0]?.drop();
    await vi.waitFor(() => expect(connection.standing().line).toBe("refused"));
  });

  it("is away where a line does not open and nobody says why", async () => {
    const { connection, lines } = editor(true, () => Promise.resolve(true));
    lines[0]?.drop();
    await vi.waitFor(() => expect(lines.length).toBe(2));
    expect(connection.standing().line).toBe("away");
  });
});
