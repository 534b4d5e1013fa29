import { expect, test } from "vitest";
import { having } from "./finding";

const GROUPS = [
  { group: "Pages", actions: [{ id: "improve", label: "Improve" }] },
  {
    group: "Maps",
    actions: [
      { id: "copy", label: "I pay (copy)" },
      { id: "kopie", label: "I pay (Kopie)" },
      { id: "late", label: "What I pay for" },
      { id: "order", label: "I pay for my order" },
      { id: "pay", label: "I pay" },
      { id: "workflow", label: "Our workflow" },
    ],
  },
  {
    group: "Steps",
    actions: [
      { id: "of-copy", label: "I look", description: "I pay (copy)" },
      { id: "of-pay", label: "I look", description: "I pay" },
    ],
  },
  {
    group: "Questions",
    actions: [{ id: "flow", label: "Flow", description: "Which touchpoint directly follows which" }],
  },
];

const idsOf = (text: string) => having(text, GROUPS).flatMap(({ actions }) => actions.map(({ id }) => id));

test.each([
  [
    "what is named so, then what begins so, then copies of that",
    "i pay",
    ["pay", "order", "copy", "kopie", "late", "of-pay", "of-copy"],
  ],
  ["a copy that is named so before others", "I pay (copy)", ["copy", "of-copy"]],
  ["steps of a map before those of its copy", "look", ["of-pay", "of-copy"]],
  ["the group with what is named so", "flow", ["flow", "workflow"]],
  ["every word of a text, also in what is told", "touchpoint flow", ["flow"]],
])("the palette shows first: %s", (_what, text, ids) => {
  expect(idsOf(text)).toEqual(ids);
});
