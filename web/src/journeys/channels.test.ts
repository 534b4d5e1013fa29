import { expect, test } from "vitest";
import { filterOf } from "./channels";

test("channels go into a filter in its JSON form as JSON", () => {
  const where = '{"field": "team", "operator": "equals", "value": "Billing"}';
  expect(JSON.parse(filterOf(where, ["phone"]))).toEqual({
    all: [JSON.parse(where), { field: "channel", operator: "in", value: ["phone"] }],
  });
});
