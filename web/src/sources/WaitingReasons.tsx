import { Group, Select } from "@mantine/core";
import type { WaitingReason } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import type { WaitingFilter } from "./asking";
import { sourcesWords } from "./sourcesWords";

interface WaitingReasonsProps {
  readonly reasons: readonly WaitingReason[];
  readonly filter: WaitingFilter;
  readonly onChoose: (chosen: WaitingFilter) => void;
}

/** Which source and which reason is looked at, with how many rows wait. */
export function WaitingReasons({ reasons, filter, onChoose }: WaitingReasonsProps) {
  const words = useWords(sourcesWords);
  const format = useFormat();
  const option = ([value, label, count]: readonly [string, string, number]) => ({
    value,
    label: `${label} (${format.count(count)})`,
  });
  const ofSource = reasons.filter((each) => filter.source === undefined || each.source === filter.source);
  const sources = sums(reasons, (each) => each.source).map(([name, count]) => [name, name, count] as const);
  const whys = sums(ofSource, (each) => each.reason).map(
    ([name, count]) => [name, words.reasons[name] ?? name, count] as const,
  );
  return (
    <Group gap="sm">
      <Select
        size="xs"
        w={220}
        clearable
        aria-label={words.source}
        placeholder={words.allSources}
        data={sources.map(option)}
        value={filter.source ?? null}
        onChange={(source) => onChoose({ source: source ?? undefined })}
      />
      <Select
        size="xs"
        w={260}
        clearable
        aria-label={words.detail.reasons}
        placeholder={words.allReasons}
        data={whys.map(option)}
        value={filter.reason ?? null}
        onChange={(reason) => onChoose({ ...filter, reason: reason ?? undefined })}
      />
    </Group>
  );
}

function sums(
  reasons: readonly WaitingReason[],
  nameOf: (reason: WaitingReason) => string,
): readonly (readonly [string, number])[] {
  const found = new Map<string, number>();
  for (const each of reasons) found.set(nameOf(each), (found.get(nameOf(each)) ?? 0) + each.waiting);
  return [...found].sort((one, other) => other[1] - one[1]);
}
