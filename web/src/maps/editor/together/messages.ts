/**
 * The messages between an editor and its room; the same as `desireline.maps.together.protocol`: those of y-websocket for
 * the document and for who is there, and one kind of our own.
 */

/** What a message is about. */
export const ABOUT = { document: 0, people: 1, told: 100 } as const;
/** Asks who is there; whoever gets an answer knows that the room is there too. */
export const QUESTION = Uint8Array.of(3);
/** What is said of the document: the state that somebody has, what they miss, a change. */
export const DOCUMENT = { state: 0, missing: 1, update: 2 } as const;

/** Something that is wrong with a map, and where. */
export interface Problem {
  readonly where: string;
  readonly message: string;
}

/** How a map stands with its versions. */
export interface Status {
  readonly type: "status";
  readonly version: number | null;
  readonly saved_at: string | null;
  readonly author: string | null;
  readonly deleted: boolean;
  readonly unsaved: boolean;
  readonly problems: readonly Problem[];
}

/** What the room tells on its own. */
export type Told =
  | Status
  | { readonly type: "kept" }
  | { readonly type: "unkept"; readonly message: string; readonly hint: string | null }
  | { readonly type: "refused"; readonly message: string };

/** A message that came. */
export type Message =
  | { readonly about: "document"; readonly kind: number; readonly content: Uint8Array }
  | { readonly about: "people"; readonly content: Uint8Array }
  | { readonly about: "told"; readonly told: Told };

/** A message about the document. */
export function documentMessage(kind: number, content: Uint8Array): Uint8Array<ArrayBuffer> {
  return joined([ABOUT.document, kind, ...written(content.length)], content);
}

/** A message about who is there. */
export function peopleMessage(content: Uint8Array): Uint8Array<ArrayBuffer> {
  return joined([ABOUT.people, ...written(content.length)], content);
}

/** Read a message; undefined: it is of a kind that is not known. */
export function readMessage(message: Uint8Array): Message | undefined {
  let at = 0;
  const number = (): number => {
    let found = 0;
    for (let size = 1; ; size *= 128) {
      const byte = message[at] ?? 0;
      at += 1;
      found += (byte & 127) * size;
      if (byte < 128) return found;
    }
  };
  const content = (): Uint8Array => {
    const length = number();
    return message.subarray(at, at + length);
  };
  const about = number();
  if (about === ABOUT.document) return { about: "document", kind: number(), content: content() };
  if (about === ABOUT.people) return { about: "people", content: content() };
  if (about === ABOUT.told) return { about: "told", told: JSON.parse(new TextDecoder().decode(content())) as Told };
  return undefined;
}

function joined(head: readonly number[], content: Uint8Array): Uint8Array<ArrayBuffer> {
  const found = new Uint8Array(head.length + content.length);
  found.set(head);
  found.set(content, head.length);
  return found;
}

function written(number: number): readonly number[] {
  const found: number[] = [];
  let rest = number;
  while (rest > 127) {
    found.push((rest & 127) | 128);
    rest = Math.floor(rest / 128);
  }
  return [...found, rest];
}
