/**
 * How the tree of a map lies in a shared document; the same as `desireline.maps.together.shape`.
 *
 * Every kind of thing has one shared map. A field of a thing is one entry of it, `<id>/<field>`, with a plain value:
 * whoever writes a field last has written it, and two people who write different fields of one thing both have. A thing
 * knows what holds it and where it stands (`$at`), so that moving it changes one entry. What is removed stays and is
 * marked (`$gone`).
 */

/** The kinds of things. */
export const KINDS = [
  "phases",
  "steps",
  "lanes",
  "cells",
  "claims",
  "evidence",
  "touchpoints",
  "personas",
  "metrics",
  "opportunities",
  "solutions",
  "tasks",
] as const;

export type Kind = (typeof KINDS)[number];

/** The shared map with the fields of the map itself; its entries have no id. */
export const ROOT = "map";

export type Root = typeof ROOT;

/** `[what holds it, its place]`; "" where the map itself holds it. */
export const AT = "$at";
/** Set where it was removed: what it and everything in it said then, as a stamp of each. */
export const GONE = "$gone";
/** Set where the tree has a text instead of fields: a claim that is only its text, a persona that is only its id. */
export const SHORT = "$short";

const OWN: ReadonlySet<string> = new Set([AT, GONE, SHORT]);

/** A plain value of a document. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [name: string]: Plain };

/** What is stored of a thing, or what a thing of the tree says, by name. */
export type Fields = { readonly [name: string]: Plain };

/** By kind of thing: its fields that list things, and what those are. */
export const LISTS: Readonly<Partial<Record<Kind | Root, Readonly<Record<string, Kind>>>>> = {
  map: {
    personas: "personas",
    metrics: "metrics",
    opportunities: "opportunities",
    phases: "phases",
    lanes: "lanes",
  },
  phases: { steps: "steps" },
  lanes: { cells: "cells" },
  cells: { claims: "claims", touchpoints: "touchpoints" },
  claims: { evidence: "evidence" },
  opportunities: { solutions: "solutions" },
  solutions: { tasks: "tasks" },
};

/** By kind: the kind of what `$at` names, where it is not the map. */
export const HOLDER: Readonly<Partial<Record<Kind, Kind>>> = {
  steps: "phases",
  cells: "lanes",
  claims: "cells",
  touchpoints: "cells",
  evidence: "claims",
  solutions: "opportunities",
  tasks: "solutions",
};

/** Things that have no id in the tree, or one that only what holds them has once, which is a field like others. */
export const WITHOUT_IDS: ReadonlySet<Kind> = new Set<Kind>([
  "claims",
  "evidence",
  "touchpoints",
  "solutions",
  "tasks",
]);
/** Things that may be named by their id only. */
export const NAMED_ONLY: ReadonlySet<Kind> = new Set<Kind>(["personas", "metrics", "opportunities"]);

const FIELDS: Readonly<Record<Kind | Root, readonly string[]>> = {
  map: [
    "desireline",
    "id",
    "title",
    "summary",
    "goal",
    "level",
    "state",
    "language",
    "scope",
    "journey",
    "owner",
    "review_date",
    "reviewed",
    "reviewed_by",
    "tags",
    "parent",
    "future",
    "lint",
    "proposals",
    "personas",
    "metrics",
    "opportunities",
    "phases",
    "lanes",
  ],
  phases: ["id", "name", "goal", "steps"],
  steps: ["id", "name", "summary", "optional", "next", "moment_of_truth", "binding", "metrics", "map"],
  lanes: ["id", "role", "label", "persona", "line", "cells"],
  cells: ["id", "step", "until", "claims", "emotion", "word", "tension", "touchpoints", "picture", "opportunities"],
  claims: ["text", "confidence", "reviewed", "evidence", "opportunities"],
  evidence: ["kind", "source", "quote", "n", "date", "address"],
  touchpoints: ["name", "channel"],
  personas: ["id", "name"],
  metrics: ["id", "name", "summary", "kind", "unit", "direction", "target", "attention", "owner", "values"],
  opportunities: [
    "id",
    "title",
    "summary",
    "customer_value",
    "business_value",
    "effort",
    "reach",
    "impact",
    "confidence",
    "ease",
    "person_months",
    "metrics",
    "evidence",
    "status",
    "owner",
    "solutions",
  ],
  solutions: ["id", "title", "summary", "status", "shipped", "tasks"],
  tasks: ["id", "title", "department", "owner", "due", "kpi", "status"],
};

/** The name under which a field of a tree is stored: one that begins with `$` gets another one. */
export function storedName(field: string): string {
  return field.startsWith("$") ? `$${field}` : field;
}

/** The field of the tree that is stored under a name; undefined: it is one of ours. */
export function treeName(name: string): string | undefined {
  if (OWN.has(name)) return undefined;
  return name.startsWith("$") ? name.slice(1) : name;
}

/** Fields in the order in which they are usually written, others behind them by name. */
export function inOrder(kind: Kind | Root, fields: Fields): Fields {
  const known = FIELDS[kind];
  const rank = (name: string): number => {
    const place = known.indexOf(name);
    return place < 0 ? known.length : place;
  };
  const names = Object.keys(fields).sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
  return Object.fromEntries(names.map((name) => [name, fields[name] as Plain]));
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
