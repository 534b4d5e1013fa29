import { Button, Group, Stack, Table, Text, Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import type { MeasuresAnswer, StepRow } from "../base/api/schema.gen";
import { type Format, useFormat } from "../base/format";
import { useWords } from "../base/words";
import { ByPersona } from "./ByPersona";
import { evidenceWords } from "./evidenceWords";
import { FactRow } from "./FactRow";
import { LaneNumbers } from "./LaneNumbers";
import { FACTS } from "./numbers";
import { StepSeries } from "./StepSeries";
import type { EvidenceWords } from "./words.en";

interface StepDetailProps {
  readonly map: string;
  readonly found: MeasuresAnswer;
  readonly step: StepRow;
  readonly onBack: () => void;
}

/** All that was measured at one step; every number opens the journeys behind it. */
export function StepDetail({ map, found, step, onBack }: StepDetailProps) {
  const words = useWords(evidenceWords);
  const format = useFormat();
  const lane = found.lanes.find((each) => each.step === step.id);
  return (
    <Stack gap="sm">
      <Group>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconArrowLeft size={14} aria-hidden />}
          onClick={onBack}
        >
          {words.backToSteps}
        </Button>
      </Group>
      <Title order={3} size="h5">
        {step.name}
      </Title>
      <Text size="xs" c="dimmed">
        {[bindingText(step, words, format.day), step.optional ? words.optional : ""].filter(Boolean).join(" · ")}
      </Text>
      {isWithheld(step) && (
        <Text size="sm" c="dimmed">
          {words.withheld}
        </Text>
      )}
      {step.reached !== null && (
        <Table aria-label={step.name}>
          <Table.Tbody>
            {FACTS.map((fact) => (
              <FactRow key={fact} step={step} fact={fact} />
            ))}
            {step.median_seconds_from_previous !== null && (
              <Table.Tr>
                <Table.Th fw={400}>{words.wait}</Table.Th>
                <Table.Td ta="right">{format.duration(step.median_seconds_from_previous)}</Table.Td>
                <Table.Td ta="right">
                  <Text size="xs" c="dimmed">
                    {waitCertainty(step, words, format)}
                  </Text>
                </Table.Td>
              </Table.Tr>
            )}
            <Table.Tr>
              <Table.Th fw={400}>{words.interactions}</Table.Th>
              <Table.Td ta="right">{format.count(step.interactions ?? 0)}</Table.Td>
              <Table.Td />
            </Table.Tr>
          </Table.Tbody>
        </Table>
      )}
      <ByPersona found={found} step={step.id} />
      {lane !== undefined && (
        <LaneNumbers lane={lane} metrics={found.metrics.filter((each) => each.step === step.id)} />
      )}
      {step.reached !== null && <StepSeries map={map} step={step.id} />}
    </Stack>
  );
}

/** Whether a step can be measured, and too few customers came to it for its numbers to be told. */
function isWithheld(step: StepRow): boolean {
  return step.reached === null && (step.binding === "bound" || step.binding === "silent");
}

function bindingText(step: StepRow, words: EvidenceWords, day: (said: string) => string): string {
  if (step.binding === "broken") return words.brokenBy(step.broken_by ?? "");
  if (step.binding === "silent" && step.last_interaction !== null) return words.silentSince(day(step.last_interaction));
  return words.bindings[step.binding] ?? step.binding;
}

/** The interval of the median wait, and of how many waits it is. */
function waitCertainty(step: StepRow, words: EvidenceWords, format: Format): string {
  const [low, high] = [step.median_seconds_from_previous_low, step.median_seconds_from_previous_high];
  const interval = low === null || high === null ? "" : words.between(format.duration(low), format.duration(high));
  const n = step.median_seconds_from_previous_n;
  return [interval, n ? `n = ${format.count(n)}` : ""].filter(Boolean).join(", ");
}
