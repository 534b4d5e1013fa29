import { expect, test } from "vitest";
import type { WaitingRow } from "../base/api/schema.gen";
import { fieldsToMend, mendedValues } from "./mending";

const ROW: WaitingRow = {
  id: 7,
  source: "desk",
  file: "desk.jsonl",
  row: 3,
  field: "occurred_at",
  reason: "unreadable_time",
  message: "got 'later'",
  form: "document",
  values: { time: "later", user: { id: "zed", tags: ["a"] }, score: 4 },
  columns: ["time", "user.id", "team"],
};

test("the columns that the mapping reads come first, parts of documents by their dotted names", () => {
  expect(fieldsToMend(ROW)).toEqual([
    { name: "time", value: "later" },
    { name: "user.id", value: "zed" },
    { name: "team", value: "" },
    { name: "user.tags", value: '["a"]' },
    { name: "score", value: "4" },
  ]);
});

test("what nobody changed stays to the letter, and changes go where they belong", () => {
  expect(mendedValues(ROW, { time: "2026-01-02", "user.id": "zoe", score: "4", team: "First line" })).toEqual({
    time: "2026-01-02",
    user: { id: "zoe", tags: ["a"] },
    score: 4,
    team: "First line",
  });
});

test("an unreadable row is written anew without its raw text", () => {
  const raw: WaitingRow = { ...ROW, form: "unreadable", values: { _raw: "Seen" }, columns: ["event"] };
  expect(fieldsToMend(raw)).toEqual([{ name: "event", value: "" }]);
  expect(mendedValues(raw, { event: "Seen" })).toEqual({ event: "Seen" });
});
