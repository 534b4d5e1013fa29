import { type Fields, isFields, treeName } from "./shape";

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest >>> 0;
});

const encoder = new TextEncoder();

/** A number that changes with what a thing says; where it stands is no part of it. The same number as in Python. */
export function stamp(said: Fields): number {
  const told = Object.fromEntries(Object.entries(said).filter(([name]) => treeName(name) !== undefined));
  let sum = 0xffffffff;
  for (const byte of encoder.encode(canonical(told))) sum = (TABLE[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

/** JSON with the fields by name. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isFields(value)) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
}
