import { ActionIcon, Paper, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconAdjustments } from "@tabler/icons-react";
import { useState } from "react";
import { ApiError, SMALL_GROUP } from "../../base/api/errors";
import { useFormat } from "../../base/format";
import { useWords } from "../../base/words";
import { useConditionCount } from "../../evidence/asking";
import { ConditionEditor } from "../../journeys/bar/ConditionEditor";
import { mapsWords } from "../mapsWords";

/** A condition, typed or built of rows, with what meets it as one types. */
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
  const [isBuilding, setBuilding] = useState(false);
  const missing = count.data?.missing ?? [];
  const failure = count.error instanceof ApiError ? count.error : undefined;
  const isFew = failure?.code === SMALL_GROUP;
  const error = isFew ? "" : (failure?.message ?? missing.join("; "));
  return (
    <div>
      <TextInput
        label={words.segment}
        description={words.segmentHint}
        placeholder={words.conditionPlaceholder}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={asked !== "" && error !== "" ? error : undefined}
        readOnly={isBuilding}
        rightSection={
          <ActionIcon
            variant={isBuilding ? "light" : "subtle"}
            aria-label={words.buildSegment}
            aria-expanded={isBuilding}
            onClick={() => setBuilding((before) => !before)}
          >
            <IconAdjustments size={18} />
          </ActionIcon>
        }
      />
      {isBuilding && (
        <Paper p="sm" mt="xs">
          <ConditionEditor
            text={value.trim()}
            help={words.segmentHint}
            onDone={(said) => {
              onChange(said);
              setBuilding(false);
            }}
          />
        </Paper>
      )}
      {asked !== "" && (isFew || count.data !== undefined) && (
        <Text size="xs" c="dimmed" mt={4} role="status">
          {count.data === undefined
            ? words.segmentFew
            : words.segmentCount(format.count(count.data.customers), format.count(count.data.interactions))}
        </Text>
      )}
    </div>
  );
}
