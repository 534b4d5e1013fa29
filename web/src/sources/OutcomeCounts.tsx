import { Text } from "@mantine/core";
import type { UploadOutcome } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import classes from "./OutcomeCounts.module.css";
import { sourcesWords } from "./sourcesWords";

/** Read, new, duplicate and unusable records as figures that add up. */
export function OutcomeCounts({ outcome }: { readonly outcome: UploadOutcome }) {
  const words = useWords(sourcesWords);
  const format = useFormat();
  const isGrouped = outcome.rows !== outcome.read;
  const figures = [
    [isGrouped ? outcome.rows : outcome.read, isGrouped ? words.counts.rows : words.counts.read],
    [outcome.stored, words.counts.stored],
    [outcome.duplicates, words.counts.duplicates],
    [outcome.quarantined, isGrouped ? words.counts.unusableRows : words.counts.quarantined],
    ...(outcome.replaced > 0 ? ([[outcome.replaced, words.counts.replaced]] as const) : []),
  ] as const;
  const reasons = Object.entries(outcome.reasons);
  const leftOut = Object.entries(outcome.unusable_identifiers);
  return (
    <div>
      <dl className={classes.figures}>
        {figures.map(([value, label]) => (
          <div key={label}>
            <dd>{format.count(value)}</dd>
            <dt>{label}</dt>
          </div>
        ))}
      </dl>
      {isGrouped && (
        <Text size="sm" c="dimmed">
          {words.joined(
            format.count(outcome.rows - outcome.quarantined),
            format.count(outcome.stored + outcome.duplicates),
          )}
        </Text>
      )}
      {reasons.length > 0 && (
        <Text size="sm" c="dimmed">
          {reasons.map(([reason, count]) => `${words.reasons[reason] ?? reason}: ${format.count(count)}`).join(" · ")}
        </Text>
      )}
      {leftOut.length > 0 && (
        <Text size="sm" c="dimmed">
          {words.leftOut(leftOut.map(([type, count]) => `${type} ${format.count(count)}`).join(", "))}
        </Text>
      )}
    </div>
  );
}
