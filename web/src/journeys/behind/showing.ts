import { useCallback } from "react";
import { useSearchParams } from "react-router";
import { changed } from "../explore";

/** The parameter of the address that has the number whose journeys are shown. */
export const BEHIND = "behind";

/** Opens the journeys behind a number; null closes them. */
export function useShowBehind(): (number: string | null) => void {
  const [, setParams] = useSearchParams();
  return useCallback(
    (number) => setParams((before) => changed(before, { [BEHIND]: number }), { preventScrollReset: true }),
    [setParams],
  );
}
