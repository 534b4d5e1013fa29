import fc from "fast-check";
import type { Plain } from "../shape";
import type { Tree } from "../tree";

/** What a field may hold that the model does not know. The key `__proto__` is refused when a document is checked: Yjs would lose it. */
const unknownField = fc.jsonValue({ maxDepth: 2 }).filter((value) => !JSON.stringify(value).includes('"__proto__"'));

const word = fc.oneof(
  fc.constantFrom("I pay", "我付款", "C#: a # sign", "👩‍👧 family", "two\nlines", "café\u0301", "~"),
  fc.string({ minLength: 1, maxLength: 12 }),
);

const claim: fc.Arbitrary<Plain> = fc.oneof(
  word,
  fc.record(
    {
      text: word,
      confidence: fc.constantFrom("low", "high"),
      evidence: fc.array(fc.record({ kind: fc.constant("survey"), n: fc.nat(99), source: word }), { maxLength: 2 }),
      x_unknown: unknownField,
    },
    { requiredKeys: ["text"] },
  ),
) as fc.Arbitrary<Plain>;

/** Random trees that the schema accepts. */
export const mapTrees: fc.Arbitrary<Tree> = fc
  .record({
    title: word,
    phases: fc.array(
      fc.record({ name: word, steps: fc.array(fc.record({ name: word, next: fc.boolean() }), { maxLength: 3 }) }),
      {
        maxLength: 3,
      },
    ),
    lanes: fc.array(
      fc.record({
        role: fc.constantFrom("actions", "touchpoints", "emotion"),
        cells: fc.array(
          fc.record({
            at: fc.nat(8),
            spans: fc.boolean(),
            claims: fc.option(fc.array(claim, { maxLength: 3 }), { nil: undefined }),
            emotion: fc.option(fc.constantFrom(-2, -0.5, 0, 1.25, 2), { nil: undefined }),
            touchpoints: fc.option(fc.array(fc.record({ name: word, channel: fc.constant("web") }), { maxLength: 2 }), {
              nil: undefined,
            }),
          }),
          { maxLength: 4 },
        ),
      }),
      { maxLength: 3 },
    ),
    personas: fc.array(fc.oneof(fc.constant("known"), fc.constant({ id: "anna", name: "Anna", share: 0.25 })), {
      maxLength: 1,
    }),
    opportunities: fc.array(
      fc.record({
        title: word,
        rated: fc.boolean(),
        solutions: fc.array(fc.record({ title: word, tasks: fc.array(word, { maxLength: 2 }) }), { maxLength: 2 }),
      }),
      { maxLength: 2 },
    ),
    extra: unknownField,
  })
  .map(({ title, phases, lanes, personas, opportunities, extra }) => {
    let count = 0;
    const id = (kind: string): string => {
      count += 1;
      return `${kind}${String(count)}`;
    };
    const made = phases.map((phase) => ({
      id: id("phase"),
      name: phase.name,
      steps: phase.steps.map((step) => ({ id: id("step"), name: step.name, next: step.next })),
    }));
    const steps = made.flatMap((phase) => phase.steps.map((step) => step.id));
    return {
      desireline: "map/1",
      id: "a-map",
      title,
      personas,
      opportunities: opportunities.map(({ rated, ...each }) => ({
        id: id("opportunity"),
        title: each.title,
        ...(rated && { customer_value: 4, metrics: ["metric1"] }),
        solutions: each.solutions.map((solution) => ({
          id: id("solution"),
          title: solution.title,
          tasks: solution.tasks.map((task) => ({ id: id("task"), title: task })),
        })),
      })),
      $odd: extra as Plain,
      phases: made.map((phase) => ({
        ...phase,
        steps: phase.steps.map(({ next, ...step }) => (next ? { ...step, next: steps.slice(-1) } : step)),
      })),
      lanes: lanes.map((lane) => ({
        id: id("lane"),
        role: lane.role,
        cells: steps.length === 0 ? [] : lane.cells.map((cell) => someCell(id("cell"), cell, steps)),
      })),
    } as unknown as Tree;
  });

function someCell(
  id: string,
  cell: { readonly at: number; readonly spans: boolean; readonly [field: string]: unknown },
  steps: readonly string[],
): Tree {
  const { at, spans, ...fields } = cell;
  const step = steps[at % steps.length];
  const said = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  return { id, step, ...(spans && { until: steps.at(-1) }), ...said } as Tree;
}

/** Maps to be read in a test. */
export const MAPS = {
  shop: {
    desireline: "map/1",
    id: "shop",
    title: "I shop",
    personas: [{ id: "anna", name: "Anna" }],
    phases: [
      {
        id: "choose",
        name: "Choose",
        steps: [
          { id: "look", name: "I look" },
          { id: "compare", name: "I compare" },
        ],
      },
      { id: "get", name: "Get it", steps: [{ id: "order", name: "I order" }] },
    ],
    lanes: [
      { id: "does", role: "actions", cells: [{ id: "does-look", step: "look", claims: ["I stroll", "I ask"] }] },
      { id: "feels", role: "emotion", persona: "anna", cells: [{ id: "feels-look", step: "look", emotion: 1 }] },
      { id: "where", role: "touchpoints", cells: [] },
    ],
  },
} as const satisfies Record<string, Tree>;
