import type { MapCard } from "../base/api/schema.gen";
import { LEVELS } from "./names";

/** A map above another one, and the step of it that the other one shows; `card` is undefined where it is gone. */
export interface Above {
  readonly id: string;
  readonly step: string | null;
  readonly card: MapCard | undefined;
}

/** A map in the tree of all maps, and how deep it stands. */
export interface Branch {
  readonly card: MapCard;
  readonly depth: number;
}

/** The map that a map shows in detail: the one it names, else the first that names it at a step. */
export function parentOf(cards: readonly MapCard[], id: string): Above | undefined {
  const named = cards.find((each) => each.id === id)?.parent ?? undefined;
  if (named !== undefined) {
    return { id: named.map, step: named.step ?? null, card: cards.find((each) => each.id === named.map) };
  }
  const card = cards.find((each) => each.id !== id && each.below.includes(id));
  return card === undefined ? undefined : { id: card.id, step: null, card };
}

/** The maps above a map, the highest first; where they go round, each once. */
export function mapsAbove(cards: readonly MapCard[], id: string): readonly Above[] {
  const found: Above[] = [];
  const seen = new Set([id]);
  for (let above = parentOf(cards, id); above !== undefined && !seen.has(above.id); above = parentOf(cards, above.id)) {
    found.unshift(above);
    seen.add(above.id);
  }
  return found;
}

/** The maps right below a map: those of its steps in their order, then those that name it. */
export function mapsBelow(cards: readonly MapCard[], id: string): readonly MapCard[] {
  const below = cards.find((each) => each.id === id)?.below ?? [];
  const named = cards.filter((each) => each.parent?.map === id && !below.includes(each.id));
  const shown = [...new Set(below)].flatMap((each) => cards.find((card) => card.id === each) ?? []);
  return [...shown, ...named].filter((each) => each.id !== id);
}

/** All maps as a tree, the highest level first; each map once, whatever they name. */
export function treeOfMaps(cards: readonly MapCard[]): readonly Branch[] {
  const found: Branch[] = [];
  const seen = new Set<string>();
  const enter = (card: MapCard, depth: number): void => {
    if (seen.has(card.id)) return;
    seen.add(card.id);
    found.push({ card, depth });
    for (const each of mapsBelow(cards, card.id)) {
      if (parentOf(cards, each.id)?.id === card.id) enter(each, depth + 1);
    }
  };
  const ordered = [...cards].sort((one, other) => rank(one) - rank(other) || one.title.localeCompare(other.title));
  for (const card of ordered) if (parentOf(cards, card.id)?.card === undefined) enter(card, 0);
  for (const card of ordered) enter(card, 0);
  return found;
}

/** The map of how it is whose future state a map is. */
export function currentOf(cards: readonly MapCard[], id: string): MapCard | undefined {
  return cards.find((each) => each.future === id);
}

function rank(card: MapCard): number {
  return (LEVELS as readonly string[]).indexOf(card.level);
}
