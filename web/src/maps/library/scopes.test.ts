import { expect, test } from "vitest";
import { CARD } from "../samples";
import { isAbout, scopeName, scopesOf } from "./scopes";

const UK = { ...CARD, scope: { segment: null, product: "", market: "UK", employees: true } };

test("a map is about what its scope says, and nobody else", () => {
  expect(scopesOf(UK).map(scopeName)).toEqual(["market:UK", "employees:"]);
  expect(scopesOf(CARD)).toEqual([]);
});

test.each([
  ["market:UK", true],
  ["employees:", true],
  ["market:DE", false],
  ["product:", false],
  [null, true],
])("of the scope %s it is: %s", (name, said) => {
  expect(isAbout(UK, name)).toBe(said);
});
