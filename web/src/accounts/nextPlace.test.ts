import fc from "fast-check";
import { expect, test } from "vitest";
import { nextPlace } from "./nextPlace";

test.each([
  ["/maps/order?layer=measured", "/maps/order?layer=measured"],
  ["https://elsewhere.example", "/"],
  ["//elsewhere.example", "/"],
  ["/\\elsewhere.example", "/"],
  ["javascript:alert(1)", "/"],
  ["", "/"],
])("after signing in, %s leads to %s", (next, place) => {
  expect(nextPlace(new URLSearchParams({ next }))).toBe(place);
});

test("whatever was asked for, the place is on this server", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("/", "\\", ":", "@", "?", "#", ".", "\t", "\n", "https", "a")), (parts) => {
      const place = nextPlace(new URLSearchParams({ next: parts.join("") }));
      expect(new URL(place, "https://ours.example").host).toBe("ours.example");
    }),
  );
});
