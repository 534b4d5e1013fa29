import { useQuery } from "@tanstack/react-query";
import { request } from "../../base/api/client";
import { type Chosen, queryOf } from "../../evidence/asking";
import { MAPS_KEY } from "../asking";

/** Which picture of a map is wanted. */
export interface DrawingWish {
  readonly map: string;
  readonly theme: "light" | "dark";
  readonly measured: boolean;
  readonly chosen?: Chosen;
  readonly version?: string | undefined;
  /** Only this phase, without heading and legend. */
  readonly phase?: string | undefined;
  /** Whether the title stands in the picture; else the page says it. */
  readonly titled?: false;
}

/** The address of a picture. */
export function drawingAddress(wish: DrawingWish): string {
  const base = wish.measured ? "/api/evidence/maps" : "/api/maps/map";
  const query = new URLSearchParams({
    theme: wish.theme,
    ...(wish.measured ? queryOf(wish.chosen ?? {}) : {}),
    ...(wish.version === undefined ? {} : { version: wish.version }),
    ...(wish.phase === undefined ? {} : { phase: wish.phase }),
    ...(wish.titled === false ? { titled: "false" } : {}),
  });
  return `${base}/${encodeURIComponent(wish.map)}/drawing?${query.toString()}`;
}

/** The SVG of a map as the server draws it. */
export function useDrawing(wish: DrawingWish) {
  const address = drawingAddress(wish);
  return useQuery({
    queryKey: [...MAPS_KEY, "drawing", address],
    queryFn: async ({ signal }) => (await request(address, { signal })).text(),
    placeholderData: (before, query) => (query?.queryKey[2]?.toString().includes(`/${wish.map}/`) ? before : undefined),
  });
}
