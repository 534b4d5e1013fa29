import type { ChangedTaxonomy, ChannelEntry, RawName, TaxonomyView, TouchpointEntry } from "../base/api/schema.gen";

/** A taxonomy while somebody changes it; nothing in it is ever changed in place. */
export interface Draft {
  readonly stages: readonly string[];
  readonly touchpoints: readonly TouchpointEntry[];
  readonly channels: readonly ChannelEntry[];
}

/** Which names are meant. */
export type Kind = "touchpoints" | "channels";

interface Named {
  readonly name: string;
  readonly names: RawName[];
  readonly interactions: number;
}

export function draftOf({ stages, touchpoints, channels }: TaxonomyView): Draft {
  return { stages, touchpoints, channels };
}

/** The names that count as one, under the name `as`; it may be one of them or a new one. */
export function join(draft: Draft, kind: Kind, names: readonly string[], as: string): Draft {
  return kind === "touchpoints"
    ? { ...draft, touchpoints: joined(draft.touchpoints, names, as) }
    : { ...draft, channels: joined(draft.channels, names, as) };
}

/** Another name for one; a name that another has already joins the two. */
export function rename(draft: Draft, kind: Kind, name: string, to: string): Draft {
  const taken = draft[kind].some((each) => each.name === to);
  return name === to || to.trim() === "" ? draft : join(draft, kind, taken ? [to, name] : [name], to);
}

/** A raw name for itself again. */
export function apart(draft: Draft, kind: Kind, name: string, raw: string): Draft {
  return kind === "touchpoints"
    ? {
        ...draft,
        touchpoints: takenApart(draft.touchpoints, name, raw, (alone) => ({ ...alone, stage: null, channel: null })),
      }
    : { ...draft, channels: takenApart(draft.channels, name, raw, (alone) => alone) };
}

/** Touchpoints with another stage or channel; null takes it away. */
export function set(draft: Draft, names: readonly string[], part: "stage" | "channel", value: string | null): Draft {
  const touchpoints = draft.touchpoints.map((each) => (names.includes(each.name) ? { ...each, [part]: value } : each));
  return { ...draft, touchpoints };
}

export function addStage(draft: Draft, name: string): Draft {
  const stage = name.trim();
  return stage === "" || draft.stages.includes(stage) ? draft : { ...draft, stages: [...draft.stages, stage] };
}

export function removeStage(draft: Draft, stage: string): Draft {
  return restaged({ ...draft, stages: draft.stages.filter((each) => each !== stage) }, stage, null);
}

export function renameStage(draft: Draft, stage: string, to: string): Draft {
  const name = to.trim();
  if (name === "" || draft.stages.includes(name)) return draft;
  return restaged({ ...draft, stages: draft.stages.map((each) => (each === stage ? name : each)) }, stage, name);
}

/** A stage so many places further to the right; at the ends it stays. */
export function moveStage(draft: Draft, stage: string, by: number): Draft {
  const here = draft.stages.indexOf(stage);
  const there = Math.min(Math.max(here + by, 0), draft.stages.length - 1);
  const others = draft.stages.filter((each) => each !== stage);
  return here < 0 ? draft : { ...draft, stages: [...others.slice(0, there), stage, ...others.slice(there)] };
}

/** What the server is asked to put in place. */
export function saidOf(draft: Draft, revision: string): ChangedTaxonomy {
  const raws = (each: Named) => each.names.map((raw) => raw.name);
  return {
    revision,
    stages: [...draft.stages],
    touchpoints: draft.touchpoints
      .filter((each) => each.names.length > 0 || each.stage != null || each.channel != null)
      .map((each) => ({
        name: each.name,
        stage: each.stage ?? null,
        channel: each.channel ?? null,
        names: raws(each),
      })),
    channels: draft.channels
      .filter((each) => each.names.length > 0)
      .map((each) => ({ name: each.name, names: raws(each) })),
  };
}

/** How many stages and names say something else than before. */
export function countChanges(draft: Draft, before: Draft): number {
  const stages = JSON.stringify(draft.stages) === JSON.stringify(before.stages) ? 0 : 1;
  return stages + different(draft.touchpoints, before.touchpoints) + different(draft.channels, before.channels);
}

function different(now: readonly Named[], before: readonly Named[]): number {
  const known = new Map(before.map((each) => [each.name, JSON.stringify(each)]));
  return now.filter((each) => known.get(each.name) !== JSON.stringify(each)).length;
}

/** How many interactions came under the very name. */
function own(entry: Named): number {
  return entry.interactions - entry.names.reduce((sum, raw) => sum + raw.interactions, 0);
}

function joined<Entry extends Named>(entries: readonly Entry[], names: readonly string[], as: string): Entry[] {
  const parts = [...new Set(names)].flatMap((name) => entries.filter((each) => each.name === name));
  const first = parts.find((each) => each.name === as) ?? parts[0];
  if (first === undefined) return [...entries];
  const raws = parts.flatMap((each) => [
    ...(own(each) > 0 ? [{ name: each.name, interactions: own(each) }] : []),
    ...each.names,
  ]);
  const whole = {
    ...first,
    name: as,
    names: raws.filter((raw) => raw.name !== as),
    interactions: parts.reduce((sum, each) => sum + each.interactions, 0),
  };
  return entries.flatMap((each) => (each === first ? [whole] : parts.includes(each) ? [] : [each]));
}

function takenApart<Entry extends Named>(
  entries: readonly Entry[],
  name: string,
  raw: string,
  make: (alone: Entry) => Entry,
): Entry[] {
  return entries.flatMap((each) => {
    const found = each.name === name ? each.names.find((one) => one.name === raw) : undefined;
    if (found === undefined) return [each];
    const rest = {
      ...each,
      names: each.names.filter((one) => one.name !== raw),
      interactions: each.interactions - found.interactions,
    };
    const alone = make({ ...each, name: raw, names: [], interactions: found.interactions });
    return rest.interactions > 0 || rest.names.length > 0 ? [rest, alone] : [alone];
  });
}

function restaged(draft: Draft, stage: string, to: string | null): Draft {
  const touchpoints = draft.touchpoints.map((each) => (each.stage === stage ? { ...each, stage: to } : each));
  return { ...draft, touchpoints };
}
