import { Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { ApiError } from "../../base/api/errors";
import { useFormat } from "../../base/format";
import { useWords } from "../../base/words";
import { useConditionCount } from "../../evidence/asking";
import { mapsWords } from "../mapsWords";

/** A condition, with what meets it as one types. */
export function SegmentInput({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (said: string) => void;
}) {
  const words = useWords(mapsWords);
  const format = useFormat();
  const [asked] = useDebouncedValue(value.trim(), 350);
  const count = useConditionCount(asked.startsWith("{") ? "" : asked);
  const missing = count.data?.missing ?? [];
  const error = count.error instanceof ApiError ? count.error.message : missing.join("; ");
  return (
    <div>
      <TextInput
        label={words.segment}
        description={words.segmentHint}
        placeholder={words.conditionPlaceholder}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={asked !== "" && error !== "" ? error : undefined}
      />
      {asked !== "" && count.data !== undefined && (
        <Text size="xs" c="dimmed" mt={4} role="status">
          {words.segmentCount(format.count(count.data.customers), format.count(count.data.interactions))}
        </Text>
      )}
    </div>
  );
}
