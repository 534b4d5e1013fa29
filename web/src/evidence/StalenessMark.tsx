import { Stack, Text, Tooltip } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconClockExclamation } from "@tabler/icons-react";
import type { StalenessAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { evidenceWords } from "./evidenceWords";
import classes from "./StalenessMark.module.css";
import { stalenessKind } from "./stalenessKind";

const ICONS = { fresh: IconCircleCheck, aging: IconClockExclamation, stale: IconAlertTriangle } as const;

/** How stale a map is: a sign and its number; its parts when one points at it. */
export function StalenessMark({ staleness }: { readonly staleness: StalenessAnswer | undefined }) {
  const words = useWords(evidenceWords);
  const format = useFormat();
  if (staleness === undefined || staleness.staleness === null) return null;
  const value = staleness.staleness;
  const kind = stalenessKind(value);
  const Icon = ICONS[kind];
  const parts = (
    <Stack gap={2}>
      <Text size="xs">{words.stalenessHint}</Text>
      {staleness.parts.map((part) => (
        <Text size="xs" key={part.name}>
          {words.staleParts[part.name] ?? part.name}: {format.number(part.value, 2)}
          {part.n > 0 && `, n = ${format.count(part.n)}`}
        </Text>
      ))}
    </Stack>
  );
  return (
    <Tooltip label={parts} multiline w={280}>
      <Text span size="xs" className={classes.mark} data-kind={kind}>
        <Icon size={14} stroke={1.8} aria-hidden />
        {words.staleness[kind]} {format.number(value, 2)}
      </Text>
    </Tooltip>
  );
}
