import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { noticeClock, now } from "./clock";

beforeEach(() => void vi.useFakeTimers({ now: new Date("2026-07-10T12:00:00Z") }));
afterEach(() => {
  noticeClock(new Headers({ date: new Date().toUTCString() }));
  vi.useRealTimers();
});

test.each([
  ["a day behind", "Sat, 11 Jul 2026 12:00:00 GMT", "2026-07-11T12:00:00.000Z"],
  ["a day ahead", "Thu, 09 Jul 2026 12:00:00 GMT", "2026-07-09T12:00:00.000Z"],
  ["a few seconds behind", "Fri, 10 Jul 2026 12:00:20 GMT", "2026-07-10T12:00:00.000Z"],
])("where the browser's clock is %s, the server's counts", (_how, date, moment) => {
  noticeClock(new Headers({ date }));
  expect(now().toISOString()).toBe(moment);
});

test("an answer without a date changes nothing", () => {
  noticeClock(new Headers({ date: "Sat, 11 Jul 2026 12:00:00 GMT" }));
  noticeClock(new Headers());
  expect(now().toISOString()).toBe("2026-07-11T12:00:00.000Z");
});
