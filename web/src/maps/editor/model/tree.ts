import type * as Y from "yjs";
import { Living } from "./living";
import { nthPlace } from "./ordering";
import {
  AT,
  type Fields,
  inOrder,
  isFields,
  KINDS,
  type Kind,
  LISTS,
  NAMED_ONLY,
  type Plain,
  ROOT,
  type Root,
  SHORT,
  storedName,
  treeName,
  WITHOUT_IDS,
} from "./shape";
import { readThings } from "./things";

/** The tree of a map, as its YAML or JSON says it. */
export type Tree = Fields;

/** What a shared document says, as the tree of a map; what points at steps that are gone is left out. */
export function treeOfDoc(doc: Y.Doc): Tree {
  const things = readThings(doc);
  const living = new Living(things);
  const places = new Map(stepsOf(living).map((step, place) => [step, place]));

  function thing(kind: Kind, id: string): Plain {
    const said = things[kind].get(id) ?? {};
    const fields: Record<string, Plain> = treeFields(said);
    if (!WITHOUT_IDS.has(kind)) fields.id = id;
    if (kind === "steps") mendNext(fields, places);
    if (kind === "cells") mendUntil(fields, places);
    const found = withLists(kind, id, fields);
    const values = Object.values(found);
    return said[SHORT] === true && values.length === 1 ? (values[0] as Plain) : found;
  }

  function withLists(kind: Kind | Root, id: string, fields: Record<string, Plain>): Fields {
    for (const [name, inner] of Object.entries(LISTS[kind] ?? {})) {
      const children = living.children(inner, id).map((child) => thing(inner, child));
      if (children.length > 0 || isEmpty(fields[name])) fields[name] = children;
    }
    return inOrder(kind, fields);
  }

  return withLists(ROOT, "", treeFields(doc.getMap<Plain>(ROOT).toJSON() as Fields));
}

/** Write a tree, which the schema accepts, into a shared document that is empty. */
export function writeTree(doc: Y.Doc, tree: Tree): void {
  function lists(kind: Kind | Root, id: string, fields: Fields): void {
    for (const [name, inner] of Object.entries(LISTS[kind] ?? {})) {
      const entries = fields[name];
      if (!Array.isArray(entries)) continue;
      for (const [place, entry] of entries.entries()) thing(inner, id, entry as Plain, place);
    }
  }

  function thing(kind: Kind, holder: string, entry: Plain, place: number): void {
    const id = WITHOUT_IDS.has(kind) ? `${holder}.${String(place + 1)}` : String(isFields(entry) ? entry.id : entry);
    const shared = doc.getMap<Plain>(kind);
    shared.set(`${id}/${AT}`, [holder, nthPlace(place)]);
    for (const [name, value] of Object.entries(stored(kind, entry))) shared.set(`${id}/${name}`, value);
    if (isFields(entry)) lists(kind, id, entry);
  }

  doc.transact(() => {
    for (const [name, value] of Object.entries(stored(ROOT, tree))) doc.getMap<Plain>(ROOT).set(name, value);
    lists(ROOT, "", tree);
  });
}

/** The ids of all steps that are there, in the order of the map. */
export function stepsOf(living: Living): readonly string[] {
  return living.children("phases").flatMap((phase) => living.children("steps", phase));
}

/** A shared document with all its shared maps. */
export function prepared(doc: Y.Doc): Y.Doc {
  for (const kind of [ROOT, ...KINDS]) doc.getMap(kind);
  return doc;
}

function stored(kind: Kind | Root, entry: Plain): Fields {
  if (!isFields(entry)) {
    return kind !== ROOT && NAMED_ONLY.has(kind) ? { [SHORT]: true } : { [SHORT]: true, text: entry };
  }
  const lists = LISTS[kind] ?? {};
  const hasId = kind !== ROOT && !WITHOUT_IDS.has(kind);
  return Object.fromEntries(
    Object.entries(entry)
      .filter(([name]) => !(hasId && name === "id"))
      .map(([name, value]) => [storedName(name), name in lists ? [] : value]),
  );
}

function isEmpty(list: Plain | undefined): boolean {
  return Array.isArray(list) && list.length === 0;
}

function treeFields(said: Fields): Record<string, Plain> {
  const found: Record<string, Plain> = {};
  for (const [key, value] of Object.entries(said)) {
    const name = treeName(key);
    if (name !== undefined) found[name] = value;
  }
  return found;
}

function mendNext(fields: Record<string, Plain>, places: ReadonlyMap<string, number>): void {
  const named = fields.next;
  if (!Array.isArray(named) || named.length === 0) return;
  const known = named.filter((step) => places.has(String(step)));
  if (known.length > 0) fields.next = known;
  else delete fields.next;
}

function mendUntil(fields: Record<string, Plain>, places: ReadonlyMap<string, number>): void {
  if (fields.until === undefined) return;
  if ((places.get(String(fields.until)) ?? -1) < (places.get(String(fields.step)) ?? 0)) delete fields.until;
}
