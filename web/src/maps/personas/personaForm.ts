/** A scale of a persona's behaviour: where it stands from 0 (low) to 1 (high). */
export interface Scale {
  readonly low: string;
  readonly high: string;
  readonly value: number;
}

/** A picture as a `data:` address, or the name of a file; what it shows is said for those who do not see it. */
export interface Picture {
  readonly source: string;
  readonly alternative: string;
}

/** What the form of a persona holds. */
export interface PersonaForm {
  readonly name: string;
  readonly summary: string;
  readonly quote: string;
  readonly goals: string;
  readonly needs: string;
  readonly share: number | "";
  readonly segment: string;
  readonly behaviour: readonly Scale[];
  readonly picture: Picture | undefined;
}

type Tree = Readonly<Record<string, unknown>>;

/** The form of a document; fields that the form does not know stay in the document. */
export function formOf(tree: Tree): PersonaForm {
  const segment = tree.segment;
  return {
    name: text(tree.name),
    summary: text(tree.summary),
    quote: text(tree.quote),
    goals: lines(tree.goals),
    needs: lines(tree.needs),
    share: perCent(tree.share),
    segment: segment === undefined ? "" : typeof segment === "string" ? segment : JSON.stringify(segment),
    behaviour: Array.isArray(tree.behaviour) ? tree.behaviour.flatMap(scale) : [],
    picture: pictureOf(tree.picture),
  };
}

/** The document after the form was filled in: what the form does not know stays, what is empty is taken out. */
export function treeOf(tree: Tree, form: PersonaForm): Record<string, unknown> {
  const said: Record<string, unknown> = {
    ...tree,
    name: form.name.trim(),
    summary: form.summary.trim(),
    quote: form.quote.trim(),
    goals: entries(form.goals),
    needs: entries(form.needs),
    share: shareOf(tree.share, form.share),
    segment: segmentOf(tree.segment, form.segment.trim()),
    behaviour: form.behaviour.filter((each) => each.low.trim() !== "" && each.high.trim() !== ""),
    picture: pictureSaid(tree.picture, form.picture),
  };
  return Object.fromEntries(
    Object.entries(said).filter(([, value]) => value !== "" && value !== undefined && !isEmptyList(value)),
  );
}

/** A share as it was, unless it was changed: per cent are rounded. */
function shareOf(before: unknown, now: number | ""): unknown {
  if (now === "") return undefined;
  return perCent(before) === now ? before : now / 100;
}

function perCent(share: unknown): number | "" {
  return typeof share === "number" ? Math.round(share * 1000) / 10 : "";
}

/** A condition in its JSON form stays that where its text was not touched. */
function segmentOf(before: unknown, now: string): unknown {
  return typeof before === "object" && JSON.stringify(before) === now ? before : now;
}

function pictureOf(said: unknown): Picture | undefined {
  if (typeof said !== "object" || said === null) return undefined;
  const { source, alternative } = said as Tree;
  return text(source) === "" ? undefined : { source: text(source), alternative: text(alternative) };
}

/** A picture without an empty text; what a document says of it besides stays. */
function pictureSaid(before: unknown, now: Picture | undefined): unknown {
  if (now === undefined) return undefined;
  const { alternative: _, ...kept } = { ...(typeof before === "object" ? before : {}), ...now };
  const alternative = now.alternative.trim();
  return alternative === "" ? kept : { ...kept, alternative };
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function lines(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join("\n") : "";
}

function entries(said: string): string[] {
  return said
    .split("\n")
    .map((each) => each.trim())
    .filter((each) => each !== "");
}

function scale(value: unknown): Scale[] {
  if (typeof value !== "object" || value === null) return [];
  const found = value as Tree;
  return [{ low: text(found.low), high: text(found.high), value: Number(found.value ?? 0.5) }];
}
