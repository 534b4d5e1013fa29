import { expect, test } from "vitest";
import { placeAt } from "./placeAt";

test.each([
  ["pay/step/look", { kind: "step", id: "look" }],
  ["pay/step/look/metric/nps", { kind: "step", id: "look" }],
  ["pay/phase/now", { kind: "phase", id: "now" }],
  ["pay/look/does-look/does", { kind: "cell", id: "does-look" }],
  ["pay/_way/back/look/buy", undefined],
  ["other/step/look", undefined],
  ["pay/title", undefined],
])("what stands under the id %s is %o", (id, place) => {
  const outer = document.createElement("div");
  outer.id = id;
  const inner = outer.appendChild(document.createElement("span"));
  expect(placeAt(inner, "pay")).toEqual(place);
});
