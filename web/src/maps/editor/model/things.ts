import type * as Y from "yjs";
import type { Things } from "./living";
import { type Fields, KINDS, type Kind, type Plain } from "./shape";

/** Everything that is stored in a shared document, by kind and id. */
export function readThings(doc: Y.Doc): Things {
  return Object.fromEntries(KINDS.map((kind) => [kind, readKind(doc, kind)])) as unknown as Things;
}

function readKind(doc: Y.Doc, kind: Kind): ReadonlyMap<string, Fields> {
  const found = new Map<string, Record<string, Plain>>();
  doc.getMap<Plain>(kind).forEach((value, entry) => {
    const [id, name] = splitEntry(entry);
    if (name === undefined) return;
    const known = found.get(id);
    if (known === undefined) found.set(id, { [name]: value });
    else known[name] = value;
  });
  return found;
}

/** The id and the name of a field in the name of an entry. */
export function splitEntry(entry: string): readonly [string, string | undefined] {
  const slash = entry.indexOf("/");
  return slash < 0 ? [entry, undefined] : [entry.slice(0, slash), entry.slice(slash + 1)];
}
