import { expect, test } from "vitest";
import type { ThreadAnswer } from "../../base/api/schema.gen";
import { THREAD } from "../samples";
import { aboutName, openByPlace, readAbout } from "./threads";

test.each(["map", "phase/now", "step/look", "lane/does", "cell/does-look"])(
  "what %s names is written so again",
  (name) => {
    const about = readAbout(name);
    expect(about === undefined ? undefined : aboutName(about)).toBe(name);
  },
);

test.each([null, undefined, "", "cell", "step/", "customer/7"])("%s names nothing", (name) => {
  expect(readAbout(name)).toBeUndefined();
});

test("threads that are not settled are counted by what they are about", () => {
  const about = (place: string, resolved_at: string | null = null): ThreadAnswer => ({
    ...THREAD,
    comment: { ...THREAD.comment, place, resolved_at },
  });
  const counts = openByPlace([about("a"), about("b"), about("a"), about("a", "2026-03-01T10:00:00Z")]);
  expect([...counts]).toEqual([
    ["cell/a", 2],
    ["cell/b", 1],
  ]);
});
