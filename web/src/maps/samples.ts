import type { DocumentAnswer, MapCard } from "../base/api/schema.gen";

/** A map of the library, for tests. */
export const CARD: MapCard = {
  id: "pay",
  title: "I pay",
  summary: "",
  level: "journey",
  state: "current",
  tags: ["money"],
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
  },
};

/** Its drawing. */
export const SVG =
  '<svg viewBox="0 0 1000 500"><g id="pay/step/look"><rect></rect><text>I look</text></g><g id="pay/phase/now"><text>Now</text></g></svg>';
