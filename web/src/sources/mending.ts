import type { WaitingRow } from "../base/api/schema.gen";

/** A column of a row in quarantine, its value as text. */
export interface FieldToMend {
  readonly name: string;
  readonly value: string;
}

const RAW = "_raw";

/** The columns of a row, those that the mapping reads first. A part of a document is named as mappings name it: `user.id`. */
export function fieldsToMend(row: WaitingRow): readonly FieldToMend[] {
  const { [RAW]: _, ...values } = row.values;
  const flat = flattened(values);
  const read = row.columns.filter((name) => !name.startsWith("_"));
  const names = [...new Set([...read, ...flat.keys()])];
  return names.map((name) => ({ name, value: flat.get(name) ?? "" }));
}

/** The columns of rows, each once, in the order in which they first stand. */
export function columnsOf(rows: readonly WaitingRow[]): readonly string[] {
  return [...new Set(rows.flatMap((row) => fieldsToMend(row).map(({ name }) => name)))];
}

/** The values of a column in rows, each once; empty ones are left out. */
export function valuesOf(rows: readonly WaitingRow[], column: string): readonly string[] {
  const found = rows.flatMap((row) => fieldsToMend(row).filter(({ name }) => name === column));
  return [...new Set(found.map(({ value }) => value).filter((value) => value !== ""))];
}

/** The row with what was changed, in the form in which it came; what nobody changed stays to the letter. */
export function mendedValues(
  row: WaitingRow,
  changes: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  const { [RAW]: _, ...values } = row.values;
  const before = flattened(values);
  const changed = Object.entries(changes).filter(([name, value]) => value !== (before.get(name) ?? ""));
  return changed.reduce<Readonly<Record<string, unknown>>>((now, [name, value]) => put(now, name, value), values);
}

function flattened(values: Readonly<Record<string, unknown>>, prefix = ""): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(values)) {
    if (isRecord(value) && Object.keys(value).length > 0) {
      for (const [name, text] of flattened(value, `${prefix}${key}.`)) found.set(name, text);
    } else {
      found.set(`${prefix}${key}`, value == null ? "" : typeof value === "string" ? value : JSON.stringify(value));
    }
  }
  return found;
}

function put(
  values: Readonly<Record<string, unknown>>,
  name: string,
  value: string,
): Readonly<Record<string, unknown>> {
  if (name in values) return { ...values, [name]: value };
  const [first = name, ...rest] = name.split(".");
  const inner = values[first];
  if (rest.length === 0 || (inner !== undefined && !isRecord(inner))) return { ...values, [name]: value };
  return { ...values, [first]: put(inner ?? {}, rest.join("."), value) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
