import { Anchor, Table, Text, Tooltip } from "@mantine/core";
import type { StepRow } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useMay } from "../base/me";
import { useWords } from "../base/words";
import { useAddress } from "../maps/view/useAddress";
import { evidenceWords } from "./evidenceWords";
import { type Fact, factOf } from "./numbers";

/** One count at a step with its share and interval; it opens the journeys behind it. */
export function FactRow({ step, fact }: { readonly step: StepRow; readonly fact: Fact }) {
  const words = useWords(evidenceWords);
  const format = useFormat();
  const sees = useMay("see_customers");
  const [, change] = useAddress();
  const numbers = factOf(step, fact);
  if (numbers === undefined) return null;
  const opens = numbers.count > 0 && sees;
  return (
    <Table.Tr>
      <Table.Th fw={400}>{words[fact]}</Table.Th>
      <Table.Td ta="right">
        <Tooltip label={sees ? words.showJourneys : words.notAllowed} disabled={numbers.count === 0}>
          {opens ? (
            <Anchor component="button" size="sm" aria-haspopup="dialog" onClick={() => change({ examples: fact })}>
              {format.count(numbers.count)}
            </Anchor>
          ) : (
            <span>{format.count(numbers.count)}</span>
          )}
        </Tooltip>
      </Table.Td>
      <Table.Td ta="right">
        {format.share(numbers.share)}
        <Text size="xs" c="dimmed">
          {format.interval(numbers.low, numbers.high)}
        </Text>
      </Table.Td>
    </Table.Tr>
  );
}
