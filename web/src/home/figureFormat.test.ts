import { expect, test } from "vitest";
import { makeFormat } from "../base/format";
import { makeFigureFormat } from "./figureFormat";
import { homeWords } from "./homeWords";

const english = makeFigureFormat("en", makeFormat("en", "UTC"), homeWords.en);
const german = makeFigureFormat("de", makeFormat("de", "UTC"), homeWords.de);
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, " ");
const COUNT = { kind: "count", unit: "" } as const;
const SHARE = { kind: "share", unit: "" } as const;
const mean = (unit: string) => ({ kind: "mean", unit }) as const;

test.each([
  [COUNT, 5148, "5.148"],
  [SHARE, 0.7592, "75,9 %"],
  [mean("seconds"), 163.8, "2 Min. 44 Sek."],
  [mean("points"), -24.89, "−24,9"],
  [mean("points"), 2.885, "2,89"],
  [mean("EUR"), 3.1, "3,10 €"],
  [SHARE, null, "–"],
])("a value is written with its unit: %o %s", (of, value, text) => {
  expect(plain(german.value(of, value))).toBe(text);
});

test.each([
  [COUNT, 280, 4868, "+5.8 %"],
  [COUNT, -73, 1299, "−5.6 %"],
  [COUNT, 3, 0, "+3"],
  [SHARE, 0.0656, 0.7, "+6.6 points"],
  [SHARE, 0, 0.7, "±0.0 points"],
  [mean("seconds"), -12, 160, "−12 s"],
  [{ ...mean("points"), value: -24.9 }, 5.694, -30, "+5.7"],
])("a change has its sign: %o %s", (of, difference, before, text) => {
  expect(plain(english.change(of, difference, before))).toBe(text);
});

test("a day is the same day in every time zone", () => {
  expect([english.day("2026-06-03"), german.day("2026-06-03")]).toEqual(["3 Jun 2026", "03.06.2026"]);
});
