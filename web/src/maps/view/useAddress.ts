import { useCallback, useEffect, useRef } from "react";
import { useSearchParams } from "react-router";

type Change = (changes: Readonly<Record<string, string | null>>) => void;

/**
 * Reads and changes the part of the address behind the question mark; `null` takes a value out. Changes that follow each other
 * before the page is shown again are all kept, which the router alone does not do.
 */
export function useAddress(): readonly [URLSearchParams, Change] {
  const [params, setParams] = useSearchParams();
  const latest = useRef(params);
  useEffect(() => {
    latest.current = params;
  }, [params]);
  const change = useCallback<Change>(
    (changes) => {
      const next = new URLSearchParams(latest.current);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null || value === "") next.delete(name);
        else next.set(name, value);
      }
      latest.current = next;
      setParams(next, { replace: true });
    },
    [setParams],
  );
  return [params, change];
}
