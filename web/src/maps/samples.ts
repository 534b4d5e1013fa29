import type { DocumentAnswer, MapCard, ThreadAnswer } from "../base/api/schema.gen";

/** A map of the library, for tests. */
export const CARD: MapCard = {
  id: "pay",
  title: "I pay",
  summary: "",
  level: "journey",
  state: "current",
  journey: null,
  tags: ["money"],
  scope: { segment: null, product: null, market: null, employees: false },
  parent: null,
  below: [],
  future: null,
  owner: "Nora",
  department: null,
  review_date: "2026-01-31",
  reviewed: "2025-06-01",
  personas: [{ id: "anna", name: "Anna" }],
  phases: 1,
  steps: 2,
  bound: 1,
  version: 3,
  author: "Nora",
  saved_at: "2026-03-01T10:00:00Z",
  reasons: ["overdue"],
  found: "",
};

/** The document of that map. */
export const DOCUMENT: DocumentAnswer = {
  kind: "map",
  id: "pay",
  version: 3,
  author: "Nora",
  label: null,
  saved_at: "2026-03-01T10:00:00Z",
  based_on: 2,
  syntax: "yaml",
  text: "",
  tree: {
    title: "I pay",
    phases: [
      { id: "now", name: "Now", steps: [{ id: "look", name: "I look" }] },
      { id: "later", name: "Later", steps: [{ id: "pay", name: "I pay it" }] },
    ],
    lanes: [{ id: "does", role: "actions", cells: [{ id: "does-look", step: "look", claims: ["I stroll"] }] }],
  },
};

/** Its drawing. */
export const SVG =
  '<svg viewBox="0 0 1000 500"><g id="pay/step/look"><rect></rect><text>I look</text></g><g id="pay/phase/now"><text>Now</text></g><g id="pay/look/does-look/does"><text>I stroll</text></g></svg>';

/** A thread about a cell of it. */
export const THREAD: ThreadAnswer = {
  comment: {
    comment: 5,
    map: "pay",
    reply_to: null,
    place_kind: "cell",
    place: "does-look",
    text: "Is that so?",
    author: "Ben",
    own: false,
    written_at: "2026-03-01T10:00:00Z",
    edited_at: null,
    resolved_at: null,
    resolved_by: null,
    mentions: [],
  },
  answers: [],
  place_name: "Customer actions, I look",
};
