import { type Chosen, queryOf } from "../../evidence/asking";

interface Wish {
  readonly theme: "light" | "dark";
  readonly measured: boolean;
  readonly chosen: Chosen;
}

/** Where a map can be downloaded with an ending. */
export function fileAddress(map: string, ending: string, { theme, measured, chosen }: Wish): string {
  const base = measured ? "/api/evidence/maps" : "/api/maps/map";
  const query = new URLSearchParams({ theme, ...(measured ? queryOf(chosen) : {}) });
  return `${base}/${encodeURIComponent(map)}/files/${ending}?${query.toString()}`;
}
