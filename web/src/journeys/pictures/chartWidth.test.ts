import { expect, test } from "vitest";
import { inWidth, ROOMY } from "./chartWidth";

const BARS = {
  width: 520,
  title: {
    text: "Where effort is added, by channel",
    subtitle: ["of 7,048 journeys 3,580 with effort"],
    frame: "group",
  },
  data: { values: [{ width: 900, title: "as it came" }] },
  encoding: {
    x: { field: "points", title: "points of effort, all customers together" },
    y: { axis: { labelLimit: 420, minExtent: 200 }, title: null },
    color: { legend: { orient: "bottom", columns: 6 } },
  },
};

test("a chart with room enough is drawn as the server lays it out", () => {
  expect(inWidth(BARS, ROOMY)).toBe(BARS);
});

test("a narrow chart has bars and labels that fit beside each other", () => {
  const { width, encoding } = inWidth(BARS, 358) as typeof BARS;
  expect(width + encoding.y.axis.labelLimit).toBeLessThan(358);
  expect(encoding.y.axis.minExtent).toBe(encoding.y.axis.labelLimit);
  expect(encoding.color.legend.columns).toBe(2);
});

test("the titles of a narrow chart keep every word, in lines that fit", () => {
  const { title, encoding } = inWidth(BARS, 200) as typeof BARS;
  const told = title.text as unknown as readonly string[];
  expect(told.join(" ")).toBe("Where effort is added, by channel");
  expect(Math.max(...told.map((line) => line.length))).toBeLessThan(25);
  expect((encoding.x.title as unknown as readonly string[]).join(" ")).toBe(BARS.encoding.x.title);
  expect(title.frame).toBe("bounds");
});

test("names that are written at a slant keep their room, and the chart its width", () => {
  const slanted = { ...BARS, encoding: { x: { axis: { labelAngle: -40 } } } };
  expect((inWidth(slanted, 358) as typeof BARS).width).toBe(BARS.width);
});

test("what is drawn stays as it came", () => {
  expect((inWidth(BARS, 358) as typeof BARS).data).toBe(BARS.data);
});
