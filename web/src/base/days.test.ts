import { describe, expect, test } from "vitest";
import { dayOf, dayText, todayIn } from "./days";

test("a day is written in the manner of the language", () => {
  expect(dayText("2026-11-22", "en")).toBe("22 Nov 2026");
  expect(dayText("2026-11-22", "de")).toBe("22.11.2026");
});

test("today is the day by the clock of the workspace", () => {
  const late = new Date("2026-11-22T23:30:00Z");
  expect([todayIn("UTC", late), todayIn("Europe/Berlin", late)]).toEqual(["2026-11-22", "2026-11-23"]);
});

describe("a day is read as people write it", () => {
  test.each([
    ["22.11.2026", "de"],
    ["22. November 2026", "de"],
    ["22 Nov 2026", "en"],
    ["22/11/2026", "en"],
    ["2026-11-22", "en"],
    ["2026-11-22", "de"],
  ] as const)("%s in %s", (said, language) => {
    expect(dayOf(said, language)).toBe("2026-11-22");
  });

  test.each(["", "22.11", "22.11.26", "31.02.2026", "soon", "1.13.2026", "22 Foo 2026", "1.1.2026 12:00"])(
    "%s is no day",
    (said) => {
      expect(dayOf(said, "de")).toBeNull();
    },
  );
});

test.each(["en", "de"] as const)("what is written in %s is read as the same day", (language) => {
  for (let month = 1; month <= 12; month++) {
    const day = `2026-${String(month).padStart(2, "0")}-05`;
    expect(dayOf(dayText(day, language), language)).toBe(day);
  }
});
