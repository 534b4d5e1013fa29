import { expect, test } from "vitest";
import { inScheme } from "./chartColours";

const CELL = { condition: { test: "datum.share > 0.6", value: "white" }, value: "black" };

test("paper is seen through in both schemes", () => {
  expect(inScheme({ background: "white" }, "light")).toEqual({ background: "transparent" });
  expect(inScheme({ background: "white" }, "dark")).toMatchObject({ background: "transparent" });
});

test.each(["light", "dark"] as const)("numbers on coloured cells keep their colour (%s)", (scheme) => {
  expect(inScheme({ encoding: { color: CELL } }, scheme)).toMatchObject({ encoding: { color: CELL } });
});

test.each([
  ["light", "#0f766e"],
  ["dark", "#2bb6a3"],
] as const)("the server's accent is that of the page, in its letters (%s)", (scheme, accent) => {
  const drawn = {
    config: { font: "Inter Variable, Inter, DejaVu Sans, Arial, sans-serif", bar: { color: "#0f766e" } },
  };
  expect(inScheme(drawn, scheme)).toMatchObject({
    config: { font: "Inter Variable, Noto Sans, system-ui, sans-serif", bar: { color: accent } },
  });
});

test("text that names no colour is seen on a dark page, and the look stays", () => {
  expect(inScheme({ config: { font: "Inter" } }, "dark")).toEqual({
    config: { font: "Inter", text: { color: "#e6e9ee" } },
  });
});

test("data keep their words, whatever colours they name", () => {
  expect(inScheme({ data: { values: [{ name: "white" }] } }, "dark")).toMatchObject({
    data: { values: [{ name: "white" }] },
  });
});
