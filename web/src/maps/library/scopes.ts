import type { MapCard } from "../../base/api/schema.gen";

/** The kinds of whom a map can be about. */
export const SCOPES = ["segment", "product", "market", "employees"] as const;
export type ScopeKind = (typeof SCOPES)[number];

/** One of those that a map is about; employees have no text of their own. */
export interface Scope {
  readonly kind: ScopeKind;
  readonly text: string;
}

/** Whom a map is about; nobody where it is about everybody. */
export function scopesOf({ scope }: MapCard): readonly Scope[] {
  return SCOPES.flatMap((kind): readonly Scope[] => {
    const said = scope[kind];
    if (typeof said === "string") return said === "" ? [] : [{ kind, text: said }];
    return said === true ? [{ kind, text: "" }] : [];
  });
}

/** A scope as it stands in an address: `market:UK`. */
export function scopeName({ kind, text }: Scope): string {
  return `${kind}:${text}`;
}

/** Whether a map is about what an address names; of one that names nothing, always. */
export function isAbout(card: MapCard, name: string | null): boolean {
  return name === null || scopesOf(card).some((each) => scopeName(each) === name);
}
