import { useSearchParams } from "react-router";
import { useMay } from "../base/me";

interface Change {
  readonly mayChange: boolean;
  readonly isOpen: boolean;
  readonly open: () => void;
  readonly close: () => void;
}

/** Whether the form of a part of the settings is open, which the address says, and whether the person may open it. */
export function useChange(what: string): Change {
  const mayChange = useMay("administer");
  const [params, setParams] = useSearchParams();
  return {
    mayChange,
    isOpen: mayChange && params.get("change") === what,
    open: () => setParams({ change: what }, { preventScrollReset: true }),
    close: () => setParams({}, { preventScrollReset: true, replace: true }),
  };
}
