import { createContext, use } from "react";

/** The time zone of the workspace, an IANA name. */
export const ZoneContext = createContext("UTC");

export function useZone(): string {
  return use(ZoneContext);
}
