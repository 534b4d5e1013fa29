import { afterEach, expect, test } from "vitest";
import { serve } from "../../test/render";
import { request } from "./client";
import { ApiError } from "./errors";

afterEach(() => {
  // biome-ignore lint/suspicious/noDocumentCookie: as the server sets it
  document.cookie = "csrftoken=; expires=Thu, 01 Jan 1970 00:00:00 GMT";
});

test("a change carries the token that proves where it comes from, a question does not", async () => {
  // biome-ignore lint/suspicious/noDocumentCookie: as the server sets it
  document.cookie = "csrftoken=abc";
  const asked = serve({ "POST /api/x": {}, "GET /api/x": {} });
  await request("/api/x", { method: "POST" });
  await request("/api/x");
  expect(asked.map((each) => each.headers.get("x-csrftoken"))).toEqual(["abc", null]);
});

test("an error of the server keeps its code, message and hint", async () => {
  const body = { code: "input.invalid", message: "expected a day, got 'x'", hint: "such as 2026-01-31" };
  serve({ "GET /api/x": Response.json(body, { status: 400 }) });
  await expect(request("/api/x")).rejects.toMatchObject({ status: 400, ...body });
});

test("an error that is no JSON is told by its status", async () => {
  serve({ "GET /api/x": new Response("<html>", { status: 502 }) });
  await expect(request("/api/x")).rejects.toMatchObject({ status: 502, code: "http.502" });
});

test("a connection that fails is an error without a status", async () => {
  globalThis.fetch = () => Promise.reject(new TypeError("Failed to fetch"));
  await expect(request("/api/x")).rejects.toEqual(new ApiError(0, "network", "Failed to fetch"));
});
