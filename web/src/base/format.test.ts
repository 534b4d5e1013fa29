import { describe, expect, test } from "vitest";
import { makeFormat } from "./format";

const english = makeFormat("en", "Europe/Berlin");
const german = makeFormat("de", "Europe/Berlin");
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, " ");

describe("spans of time", () => {
  test.each([
    [0.25, "0.3 s"],
    [59, "59 s"],
    [60, "1 min"],
    [3_661, "1 h 1 min"],
    [7_199, "2 h"],
    [90_000, "1 d 1 h"],
    [Number.NaN, "–"],
    [null, "–"],
  ])("%s seconds are %s", (seconds, text) => {
    expect(plain(english.duration(seconds))).toBe(text);
  });
});

test("a span of time has the units of the language", () => {
  expect(plain(german.duration(90_000))).toBe("1 Tg. 1 Std.");
});

test.each([
  [0, "0 %"],
  [0.0004, "< 0.1 %"],
  [0.0005, "0.1 %"],
  [0.9994, "99.9 %"],
  [0.9999, "> 99.9 %"],
  [1, "100 %"],
])("a share of %s is %s: what is not quite nothing or all does not look like it", (share, text) => {
  expect(plain(english.share(share))).toBe(text);
});

test("a share has one digit behind the point, in the manner of the language", () => {
  expect(plain(english.share(0.1234))).toBe("12.3 %");
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

test.each([
  [1_469, "1,469", "1.469"],
  [99_999, "99,999", "99.999"],
  [123_456, "123k", "123 Tsd."],
  [999_600, "1M", "1 Mio."],
  [1_234_567, "1.23M", "1,23 Mio."],
  [2_600_000_000, "2.6B", "2,6 Mrd."],
])("%d is short where it is long, as in the server's pictures: %s", (count, inEnglish, inGerman) => {
  expect(english.short(count)).toBe(inEnglish);
  expect(german.short(count)).toBe(inGerman);
});

test.each([
  [1, "days", "1 day", "1 Tag"],
  [2.5, "days", "2.5 days", "2,5 Tage"],
  [1.04, "minutes", "1 minute", "1 Minute"],
  [0, "points", "0 points", "0 Punkte"],
  [3, "GBP", "3 GBP", "3 GBP"],
  [1234.5, null, "1,234.5", "1.234,5"],
  [null, "days", "–", "–"],
])("%s in %s is written with its unit", (value, unit, inEnglish, inGerman) => {
  expect(english.amount(value, unit).replace("\u00a0", " ")).toBe(inEnglish);
  expect(german.amount(value, unit).replace("\u00a0", " ")).toBe(inGerman);
});

test.each([
  [english.number(-1.25, 2), "−1.25"],
  [english.count(-1200), "−1,200"],
  [german.share(-0.123), "−12,3 %"],
  [english.duration(-120), "−2 min"],
  [german.money(-3.1, "EUR"), "−3,10 €"],
])("what is below nothing has the sign of mathematics: %s", (said, text) => {
  expect(plain(said)).toBe(text);
});

test.each([
  [0.39, "+39.0"],
  [-0.0123, "−1.2"],
  [0.01, "+1.0"],
  [0, "±0.0"],
  [-0.0002, "±0.0"],
])("a difference of shares of %s is %s points", (difference, text) => {
  expect(english.points(difference)).toBe(text);
});

test.each([
  [1, "1 point"],
  [-1, "−1 point"],
  [1.5, "1.5 points"],
])("%s in points is %s", (value, text) => {
  expect(plain(english.amount(value, "points"))).toBe(text);
});
