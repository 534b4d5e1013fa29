import { expect, it, vi } from "vitest";
import { serve } from "../../../test/render";
import { askTerms } from "./terms";

it("opens a map without the server on the terms that it said before in this window", async () => {
  const terms = { room: "r1", mayWrite: true, name: "Ada" };
  serve({ "GET /api/maps/map/shop/together": { room: "r1", may_write: true, name: "Ada", people: [] } });
  const { signal } = new AbortController();
  expect(await askTerms("shop", signal)).toEqual(terms);
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  expect(await askTerms("shop", signal)).toEqual(terms);
  await expect(askTerms("another", signal)).rejects.toThrow();
});
