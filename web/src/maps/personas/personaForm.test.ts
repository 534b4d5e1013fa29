import fc from "fast-check";
import { expect, test } from "vitest";
import { formOf, treeOf } from "./personaForm";

const word = fc.stringMatching(/^[a-z]{1,9}$/);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const persona = fc
  .record({
    desireline: fc.constant("persona/1"),
    id: word,
    name: word,
    summary: maybe(word),
    quote: maybe(word),
    goals: maybe(fc.array(word, { minLength: 1, maxLength: 4 })),
    needs: maybe(fc.array(word, { minLength: 1, maxLength: 4 })),
    share: maybe(fc.integer({ min: 0, max: 1000 }).map((each) => each / 1000)),
    segment: maybe(fc.oneof(word, fc.record({ field: word, equals: word }))),
    behaviour: maybe(
      fc.array(fc.record({ low: word, high: word, value: fc.double({ min: 0, max: 1, noNaN: true }) }), {
        minLength: 1,
        maxLength: 3,
      }),
    ),
    picture: maybe(fc.record({ source: word, alternative: word, licence: word }, { requiredKeys: ["source"] })),
    "x-own": maybe(word),
  })
  .map((each) => Object.fromEntries(Object.entries(each).filter(([, value]) => value !== undefined)));

test("a form that was only opened changes nothing of the document", () => {
  fc.assert(
    fc.property(persona, (tree) => {
      expect(treeOf(tree, formOf(tree))).toEqual(tree);
    }),
  );
});

test("another picture keeps what else is said of it, and one without a text says none", () => {
  const tree = { id: "ada", name: "Ada", picture: { source: "ada.png", alternative: "Ada", licence: "own" } };
  const form = { ...formOf(tree), picture: { source: "data:image/png;base64,AA", alternative: " " } };
  expect(treeOf(tree, form).picture).toEqual({ source: "data:image/png;base64,AA", licence: "own" });
  expect(treeOf(tree, { ...form, picture: undefined })).toEqual({ id: "ada", name: "Ada" });
});

test("what is emptied is taken out of the document", () => {
  const tree = { id: "ada", name: "Ada", goals: ["a"], share: 0.2, segment: "channel = app", own: 1 };
  const form = { ...formOf(tree), goals: " \n", share: "" as const, segment: "" };
  expect(treeOf(tree, form)).toEqual({ id: "ada", name: "Ada", own: 1 });
});
