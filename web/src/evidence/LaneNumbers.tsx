import { Group, Stack, Table, Text } from "@mantine/core";
import type { LaneAnswer, MetricAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { evidenceWords } from "./evidenceWords";
import { certaintyText, valueText } from "./numbers";
import { Sign } from "./Sign";

const MEASURES = ["effort", "cost", "sentiment", "emotion", "nps", "csat", "ces"] as const;
const CHANNELS = 4;

interface LaneNumbersProps {
  readonly lane: LaneAnswer;
  readonly metrics: readonly MetricAnswer[];
}

/** Channels, effort, cost, scores and feelings at a step, and its metrics beside their targets. */
export function LaneNumbers({ lane, metrics }: LaneNumbersProps) {
  const words = useWords(evidenceWords);
  const format = useFormat();
  const to = words.between("", "").trim();
  return (
    <Stack gap="sm">
      {lane.channels.length > 0 && (
        <Text size="sm">
          <Text span c="dimmed">
            {words.channels}:{" "}
          </Text>
          {lane.channels
            .slice(0, CHANNELS)
            .map((each) => `${each.channel} ${format.share(each.share)}`)
            .join(", ")}
        </Text>
      )}
      <Table>
        <Table.Tbody>
          {MEASURES.map((name) => {
            const number = lane[name];
            if (number === null) return null;
            const label = name === "nps" || name === "csat" || name === "ces" ? words.measuresNames[name] : words[name];
            return (
              <Table.Tr key={name}>
                <Table.Th fw={400}>{label}</Table.Th>
                <Table.Td ta="right">
                  {valueText(format, number.value, number.unit)}
                  <Text size="xs" c="dimmed">
                    {certaintyText(format, number, to)}
                  </Text>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      {metrics.map((each) => (
        <Group key={each.metric} justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
          <Text size="sm">{each.name}</Text>
          <Stack gap={0} align="flex-end">
            <Group gap={6} wrap="nowrap">
              <Text size="sm" className="numbers">
                {valueText(format, each.value, each.unit)}
              </Text>
              <Sign kind={each.health} />
              <Text size="xs">{words.health[each.health]}</Text>
            </Group>
            <Text size="xs" c="dimmed">
              {[
                each.target === null ? "" : words.target(valueText(format, each.target, each.unit)),
                each.n === null ? "" : `n = ${format.count(each.n)}`,
              ]
                .filter(Boolean)
                .join(", ")}
            </Text>
          </Stack>
        </Group>
      ))}
    </Stack>
  );
}
