/** A mapping as a document, in the language of `docs/mappings.md`. */
export type MappingDocument = Readonly<Record<string, unknown>>;

/** What a column is used for. */
export type Use =
  | { readonly kind: "none" }
  | { readonly kind: "field"; readonly name: string }
  | { readonly kind: "identifier"; readonly type: string }
  | { readonly kind: "attribute" }
  /** One of several that make a value, which a table cannot show. */
  | { readonly kind: "part"; readonly name: string; readonly how: string };

/** What a mapping must have beside the name of its source. */
export const NEEDED = ["occurred_at", "touchpoint", "channel"] as const;

const NOT_FIELDS = new Set(["source", "read", "join", "one_per", "identifiers", "attributes", "version", "turns"]);

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function columnOf(expression: unknown): string | undefined {
  return isRecord(expression) && typeof expression.column === "string" ? expression.column : undefined;
}

/** How an expression that is not a single column reads this one; undefined where it does not. */
function partOf(expression: unknown, column: string): string | undefined {
  if (!isRecord(expression)) return undefined;
  if (typeof expression.template === "string" && expression.template.includes(`{${column}}`)) return "template";
  for (const how of ["product", "first_of"]) {
    const named = expression[how];
    if (Array.isArray(named) && named.includes(column)) return how;
  }
  return undefined;
}

/** What a column is used for, everything: an id of a record may be an identifier too. */
export function usagesOf(document: MappingDocument, column: string): readonly Use[] {
  const found: Use[] = [];
  for (const [type, expression] of Object.entries(isRecord(document.identifiers) ? document.identifiers : {})) {
    if (columnOf(expression) === column) found.push({ kind: "identifier", type });
  }
  for (const [name, expression] of Object.entries(document)) {
    if (NOT_FIELDS.has(name)) continue;
    const how = partOf(expression, column);
    if (columnOf(expression) === column) found.push({ kind: "field", name });
    else if (how !== undefined) found.push({ kind: "part", name, how });
  }
  if (attributesOf(document).has(column)) found.push({ kind: "attribute" });
  const { one_per } = document;
  const groups = one_per === column || (Array.isArray(one_per) && one_per.includes(column));
  if (groups) found.push({ kind: "part", name: "one_per", how: "one_per" });
  return found;
}

/** What a column is used for in the first place. */
export function usageOf(document: MappingDocument, column: string): Use {
  return usagesOf(document, column)[0] ?? { kind: "none" };
}

function attributesOf(document: MappingDocument): ReadonlyMap<string, unknown> {
  const { attributes } = document;
  if (Array.isArray(attributes)) return new Map(attributes.map((name) => [String(name), { column: String(name) }]));
  if (!isRecord(attributes)) return new Map();
  return new Map(Object.entries(attributes).map(([name, each]) => [columnOf(each) ?? name, each]));
}

/**
 * The document with a column used for something else than in the first place; what it is used for beside that stays. Whatever had
 * that field or type before loses it.
 */
export function assign(document: MappingDocument, column: string, use: Use): MappingDocument {
  const freed = withoutUse(document, column, usageOf(document, column));
  if (use.kind === "field") return { ...freed, [use.name]: { ...settingsOf(document[use.name]), column } };
  if (use.kind === "identifier") {
    const identifiers = isRecord(freed.identifiers) ? freed.identifiers : {};
    return { ...freed, identifiers: { ...identifiers, [use.type]: { column } } };
  }
  if (use.kind === "attribute") {
    const { attributes } = freed;
    if (isRecord(attributes)) return { ...freed, attributes: { ...attributes, [column]: { column } } };
    return { ...freed, attributes: [...(Array.isArray(attributes) ? attributes : []), column] };
  }
  return freed;
}

/** What is said of a field beside where it comes from: its zone, its pattern, its unit. */
function settingsOf(expression: unknown): Readonly<Record<string, unknown>> {
  if (!isRecord(expression)) return {};
  return Object.fromEntries(Object.entries(expression).filter(([key]) => ["timezone", "format", "unit"].includes(key)));
}

/** The document with a column not used for something any more; of a value that several columns make nothing is taken away. */
export function withoutUse(document: MappingDocument, column: string, use: Use): MappingDocument {
  if (use.kind === "field") {
    const { [use.name]: _, ...rest } = document;
    return rest;
  }
  if (use.kind === "identifier" && isRecord(document.identifiers)) {
    const { [use.type]: _, ...rest } = document.identifiers;
    return { ...document, identifiers: rest };
  }
  const { attributes } = document;
  if (use.kind !== "attribute") return document;
  if (Array.isArray(attributes)) return { ...document, attributes: attributes.filter((each) => each !== column) };
  return isRecord(attributes) ? { ...document, attributes: without(attributes, column) } : document;
}

function without(named: Readonly<Record<string, unknown>>, column: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(named).filter(([, expression]) => columnOf(expression) !== column));
}

/** The document with a field that is the same for all rows; an empty text takes it away. */
export function setConstant(document: MappingDocument, name: string, value: string): MappingDocument {
  const { [name]: _, ...rest } = document;
  return value.trim() === "" ? rest : { ...rest, [name]: value };
}

/** The constant of a field; undefined where a column gives it. */
export function constantOf(document: MappingDocument, name: string): string | undefined {
  const value = document[name];
  if (value === undefined || typeof value === "string" || typeof value === "number") return String(value ?? "");
  return isRecord(value) && typeof value.constant === "string" ? value.constant : undefined;
}

/** The day that is the time of all rows: empty where none is given, undefined where a column or a moment gives it. */
export function dayOfAll(document: MappingDocument): string | undefined {
  const day = constantOf(document, "occurred_at");
  return day === undefined || day === "" || /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : undefined;
}

/** The document with one day as the time of all rows, by the clock of a zone; an empty one takes the time away. */
export function setDayOfAll(document: MappingDocument, day: string, zone: string): MappingDocument {
  const { occurred_at: before, ...rest } = document;
  if (day === "") return rest;
  const timezone = isRecord(before) && typeof before.timezone === "string" ? before.timezone : zone;
  return { ...rest, occurred_at: { constant: day, timezone } };
}

/** A setting of the time of interactions, such as `timezone`; empty where there is none. */
export function timeSetting(document: MappingDocument, key: "timezone" | "format"): string {
  const time = document.occurred_at;
  const value = isRecord(time) ? time[key] : undefined;
  return typeof value === "string" ? value : Array.isArray(value) ? value.join(", ") : "";
}

/** The document with a setting of the time; an empty one is left out. */
export function setTime(document: MappingDocument, key: "timezone" | "format", value: string): MappingDocument {
  if (!isRecord(document.occurred_at)) return document;
  const { [key]: _, ...rest } = document.occurred_at;
  return { ...document, occurred_at: value.trim() === "" ? rest : { ...rest, [key]: value } };
}

/** What a mapping still lacks: fields by name, and `identifiers`. */
export function lacking(document: MappingDocument): readonly string[] {
  const fields = NEEDED.filter((name) => document[name] === undefined);
  const { identifiers } = document;
  const somebody = identifiers === "all" || (isRecord(identifiers) && Object.keys(identifiers).length > 0);
  return somebody ? fields : [...fields, "identifiers"];
}
