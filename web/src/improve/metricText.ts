import type { NamedMetric } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { improveWords } from "./improveWords";

/** A metric by its name, with its unit and target where it has them. */
export function useMetricText(): (metric: NamedMetric) => string {
  const words = useWords(improveWords);
  const { amount, share, unit: unitText } = useFormat();
  return ({ name, unit, target, is_share }) => {
    if (target === null) return unit === null ? name : words.metricIn(name, unitText(unit));
    return words.metricTarget(name, is_share ? share(target) : amount(target, unit, 2));
  };
}
