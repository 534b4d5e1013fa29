import type { Tile } from "../base/api/schema.gen";

/** How tiles are arranged: figures and panels have an order each; moving one never moves one of the other kind. */

/** Whether a tile is a figure; otherwise it is a panel. */
export function isFigure(tile: Tile): boolean {
  return tile.id.startsWith("figure:");
}

/** Those that a tile stands among: shown ones of its kind. */
function among(tiles: readonly Tile[], id: string): readonly Tile[] {
  const own = tiles.find((each) => each.id === id);
  return own === undefined ? [] : tiles.filter((each) => isFigure(each) === isFigure(own) && !each.hidden);
}

/** The place of a tile among those it stands with, from 1, and how many they are. */
export function placeOf(tiles: readonly Tile[], id: string): { readonly place: number; readonly of: number } {
  const peers = among(tiles, id);
  return { place: peers.findIndex((each) => each.id === id) + 1, of: peers.length };
}

/** A tile one place earlier (−1) or later (1); at the edge nothing changes. */
export function moved(tiles: readonly Tile[], id: string, by: -1 | 1): readonly Tile[] {
  const peers = among(tiles, id);
  const target = peers[peers.findIndex((each) => each.id === id) + by];
  return target === undefined ? tiles : movedTo(tiles, id, target.id);
}

/** A tile in the place of another one of its kind, which makes room. */
export function movedTo(tiles: readonly Tile[], id: string, target: string): readonly Tile[] {
  const from = tiles.findIndex((each) => each.id === id);
  const to = tiles.findIndex((each) => each.id === target);
  const [own, other] = [tiles[from], tiles[to]];
  if (own === undefined || other === undefined || from === to || isFigure(own) !== isFigure(other)) return tiles;
  const rest = tiles.toSpliced(from, 1);
  return rest.toSpliced(to, 0, own);
}

/** A tile shown where it was hidden, and the other way round. */
export function toggledHidden(tiles: readonly Tile[], id: string): readonly Tile[] {
  return tiles.map((each) => (each.id === id ? { ...each, hidden: !each.hidden } : each));
}

/** A small tile large, and the other way round. */
export function toggledSize(tiles: readonly Tile[], id: string): readonly Tile[] {
  return tiles.map((each) => (each.id === id ? { ...each, size: each.size === "small" ? "large" : "small" } : each));
}
