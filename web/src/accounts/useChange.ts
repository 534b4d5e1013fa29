import { useSearchParams } from "react-router";
import { useMay } from "../base/me";
import { unasked } from "../base/unsaved/unasked";

interface Change {
  readonly mayChange: boolean;
  readonly isOpen: boolean;
  /** Of several things of one kind the one that is open. */
  readonly which: string | undefined;
  readonly open: (which?: string) => void;
  readonly close: () => void;
}

/** Whether the form of a part of the settings is open, which the address says, and whether the person may open it. */
export function useChange(what: string): Change {
  const mayChange = useMay("administer");
  const [params, setParams] = useSearchParams();
  return {
    mayChange,
    isOpen: mayChange && params.get("change") === what,
    which: params.get("of") ?? undefined,
    open: (which) =>
      setParams({ change: what, ...(which !== undefined && { of: which }) }, { preventScrollReset: true }),
    close: () => unasked(() => setParams({}, { preventScrollReset: true, replace: true })),
  };
}
