import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  assign,
  dayOfAll,
  lacking,
  type MappingDocument,
  setConstant,
  setDayOfAll,
  setTime,
  timeSetting,
  type Use,
  usageOf,
  usagesOf,
  withoutUse,
} from "./mapping";

const SHOP: MappingDocument = {
  source: "shop",
  channel: "web",
  touchpoint: { column: "event" },
  occurred_at: { column: "time", timezone: "Europe/Berlin", format: "%d.%m.%Y" },
  identifiers: { email: { column: "mail" } },
  attributes: ["plan"],
  value: { product: ["price", "pieces"] },
  text: { template: "{subject}: {body}" },
};

const COLUMNS = ["event", "time", "mail", "plan", "price", "subject", "other"];
const column = fc.constantFrom(...COLUMNS);
const use: fc.Arbitrary<Use> = fc.oneof(
  fc.constant<Use>({ kind: "none" }),
  fc.constant<Use>({ kind: "attribute" }),
  fc.constantFrom("occurred_at", "touchpoint", "channel", "team").map((name): Use => ({ kind: "field", name })),
  fc.constantFrom("email", "phone").map((type): Use => ({ kind: "identifier", type })),
);

test.each<[string, Use]>([
  ["event", { kind: "field", name: "touchpoint" }],
  ["mail", { kind: "identifier", type: "email" }],
  ["plan", { kind: "attribute" }],
  ["price", { kind: "part", name: "value", how: "product" }],
  ["subject", { kind: "part", name: "text", how: "template" }],
  ["other", { kind: "none" }],
])("the column %s is known by what it is used for", (name, expected) => {
  expect(usageOf(SHOP, name)).toEqual(expected);
});

describe("assigning a column", () => {
  test("is what it is used for then, whatever it was", () => {
    fc.assert(
      fc.property(column, use, (name, chosen) => {
        const before = usageOf(SHOP, name);
        fc.pre(before.kind !== "part");
        expect(usageOf(assign(SHOP, name, chosen), name)).toEqual(chosen);
      }),
    );
  });

  test("leaves all other columns alone but for the one whose place it takes", () => {
    fc.assert(
      fc.property(column, use, (name, chosen) => {
        const changed = assign(SHOP, name, chosen);
        for (const other of COLUMNS.filter((each) => each !== name)) {
          const before = usageOf(SHOP, other);
          const displaced = JSON.stringify(before) === JSON.stringify(chosen) && chosen.kind !== "attribute";
          expect(usageOf(changed, other)).toEqual(displaced ? { kind: "none" } : before);
        }
      }),
    );
  });

  test("never changes the document that it was given", () => {
    const before = structuredClone(SHOP);
    fc.assert(
      fc.property(column, use, (name, chosen) => {
        assign(SHOP, name, chosen);
        expect(SHOP).toEqual(before);
      }),
    );
  });

  test("keeps zone and pattern of the time", () => {
    expect(assign(SHOP, "other", { kind: "field", name: "occurred_at" }).occurred_at).toEqual({
      column: "other",
      timezone: "Europe/Berlin",
      format: "%d.%m.%Y",
    });
  });
});

test("a column that is used twice keeps its second use until that is taken away", () => {
  const twice: MappingDocument = { ...SHOP, id: { column: "mail" } };
  expect(usagesOf(twice, "mail")).toEqual([
    { kind: "identifier", type: "email" },
    { kind: "field", name: "id" },
  ]);
  const changed = assign(twice, "mail", { kind: "identifier", type: "customer" });
  expect(usagesOf(changed, "mail")).toEqual([
    { kind: "identifier", type: "customer" },
    { kind: "field", name: "id" },
  ]);
  expect(usagesOf(withoutUse(changed, "mail", { kind: "field", name: "id" }), "mail")).toHaveLength(1);
});

test("a constant takes the place of a column, and an empty one takes the field away", () => {
  const constant = setConstant(SHOP, "touchpoint", "Visit");
  expect(usageOf(constant, "event")).toEqual({ kind: "none" });
  expect(lacking(setConstant(constant, "touchpoint", " "))).toEqual(["touchpoint"]);
});

test("one day is the time of all rows, by the clock of the zone that was said", () => {
  const { occurred_at: _, ...timeless } = SHOP;
  expect(dayOfAll(timeless)).toBe("");
  expect(dayOfAll(SHOP)).toBeUndefined();
  const dated = setDayOfAll(timeless, "2026-03-02", "Europe/Vienna");
  expect(dated.occurred_at).toEqual({ constant: "2026-03-02", timezone: "Europe/Vienna" });
  expect([dayOfAll(dated), lacking(dated)]).toEqual(["2026-03-02", []]);
  expect(lacking(setDayOfAll(dated, "", "UTC"))).toEqual(["occurred_at"]);
});

test("settings of the time are read and written", () => {
  expect(timeSetting(SHOP, "timezone")).toBe("Europe/Berlin");
  expect(timeSetting(setTime(SHOP, "format", ""), "format")).toBe("");
});

test.each<[MappingDocument, readonly string[]]>([
  [SHOP, []],
  [{ source: "x" }, ["occurred_at", "touchpoint", "channel", "identifiers"]],
  [{ ...SHOP, identifiers: {} }, ["identifiers"]],
  [{ ...SHOP, identifiers: "all" }, []],
])("what a mapping lacks is named", (document, expected) => {
  expect(lacking(document)).toEqual(expected);
});
