import type { OpportunityAnswer } from "../base/api/schema.gen";
import type { Formula } from "./asking";

/** The figures that a score is made of. */
export const PARTS = {
  "value-effort": ["customer_value", "business_value", "effort"],
  rice: ["reach", "impact", "confidence", "person_months"],
  ice: ["impact", "confidence", "ease"],
} as const satisfies Readonly<Record<Formula, readonly (keyof OpportunityAnswer)[]>>;

/** The figures of an opportunity that its score is made of, by name; null where nobody gave one. */
export function partsOf(
  opportunity: OpportunityAnswer,
  formula: Formula,
): readonly { readonly name: string; readonly value: number | null }[] {
  return PARTS[formula].map((name) => ({ name, value: opportunity[name] }));
}
