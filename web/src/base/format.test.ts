import { describe, expect, test } from "vitest";
import { makeFormat } from "./format";

const english = makeFormat("en", "Europe/Berlin");
const german = makeFormat("de", "Europe/Berlin");
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, " ");

describe("spans of time", () => {
  test.each([
    [0.25, "0.3s"],
    [59, "59s"],
    [60, "1m"],
    [3_661, "1h 1m"],
    [7_199, "2h"],
    [90_000, "1d 1h"],
    [Number.NaN, "–"],
    [null, "–"],
  ])("%s seconds are %s", (seconds, text) => {
    expect(plain(english.duration(seconds))).toBe(text);
  });
});

test("a share has one digit behind the point, in the manner of the language", () => {
  expect(plain(english.share(0.1234))).toBe("12.3%");
  expect(plain(german.share(0.1234))).toBe("12,3 %");
  expect(german.share(null)).toBe("–");
});

test("an interval without a value is a dash", () => {
  expect(plain(german.interval(0.1, 0.2))).toBe("10,0 % bis 20,0 %");
  expect(german.interval(Number.NaN, 0.2)).toBe("–");
});

test("a moment is told by the workspace's clock", () => {
  expect(german.moment("2026-07-01T22:30:00Z")).toBe("02.07.2026, 00:30");
});

test("how long ago something was is told in the largest unit that it has", () => {
  const now = new Date("2026-07-10T12:00:00Z");
  expect(english.ago("2026-07-07T12:00:00Z", now)).toBe("3 days ago");
  expect(german.ago("2026-07-10T11:59:40Z", now)).toBe("vor 20 Sekunden");
});
