import type { NamedMetric } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { improveWords } from "./improveWords";

/** A metric by its name, with its unit and target where it has them. */
export function useMetricText(): (metric: NamedMetric) => string {
  const words = useWords(improveWords);
  const { number, share } = useFormat();
  return ({ name, unit, target, is_share }) => {
    if (target === null) return unit === null ? name : words.metricIn(name, unit);
    const value = is_share ? share(target) : `${number(target, 2)}${unit === null ? "" : `\u00a0${unit}`}`;
    return words.metricTarget(name, value);
  };
}
