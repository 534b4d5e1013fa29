import { Alert, Paper, Stack, Table, Text, Title } from "@mantine/core";
import type { DocumentAnswer, MeasuresAnswer } from "../../base/api/schema.gen";
import { type Format, useFormat } from "../../base/format";
import { Asked } from "../../base/states/Asked";
import { WideTable } from "../../base/WideTable";
import { useWords } from "../../base/words";
import { useCheck } from "../../evidence/asking";
import { valueText } from "../../evidence/numbers";
import { mapsWords } from "../mapsWords";
import type { MapsWords } from "../words.en";
import { isMeasured, type StepPair } from "./pairs";
import { type Aim, isReached, type Projection, project, targetsOf } from "./projection";

interface ProjectionCardProps {
  readonly id: string;
  readonly steps: readonly StepPair[];
  readonly later: DocumentAnswer;
}

/** What the future state would bring, as far as what happened says it. */
export function ProjectionCard({ id, steps, later }: ProjectionCardProps) {
  const words = useWords(mapsWords);
  const isBound = isMeasured(steps);
  const measured = useCheck(id, {}, isBound);
  return (
    <Paper withBorder p="md" component="section" aria-label={words.bring}>
      <Title order={2} size="h5" mb="xs">
        {words.bring}
      </Title>
      {!isBound ? (
        <Text size="sm" c="dimmed">
          {words.nothingBound}
        </Text>
      ) : measured.error !== null ? (
        <Alert color="gray" title={words.notMeasured}>
          {measured.error.message}
        </Alert>
      ) : (
        <Asked query={measured} lines={3}>
          {(found) => <Brought measured={found} projection={project(found, steps, targetsOf(later.tree))} />}
        </Asked>
      )}
    </Paper>
  );
}

interface BroughtProps {
  readonly measured: MeasuresAnswer;
  readonly projection: Projection;
}

function Brought({ measured, projection }: BroughtProps) {
  const words = useWords(mapsWords);
  const format = useFormat();
  const { going, unknown, fresh, effort, cost, aims } = projection;
  const day = (said: string | null): string => (said === null ? "–" : format.day(`${said}T12:00:00Z`));
  const amount = (value: number): string => format.money(value, measured.currency);
  const points = (value: number): string => format.number(value, 2);
  return (
    <Stack gap="xs">
      {going.length + unknown.length === 0 && <Text size="sm">{words.nothingGoes}</Text>}
      {(effort !== undefined || cost !== undefined) && (
        <div>
          <Text size="sm">{words.saves(going.length)}</Text>
          {effort !== undefined && (
            <Text fw={600} className="numbers">
              {words.effortSaved(points(effort.some), points(effort.all))}
            </Text>
          )}
          {cost !== undefined && (
            <Text fw={600} className="numbers">
              {words.costSaved(amount(cost.some), amount(cost.all))}
            </Text>
          )}
        </div>
      )}
      {aims.length > 0 && <Aims aims={aims} />}
      {unknown.length > 0 && <Text size="sm">{words.notMeasuredSteps(unknown.join(", "))}</Text>}
      {fresh.length > 0 && <Text size="sm">{words.newSteps(fresh.join(", "))}</Text>}
      <Text size="xs" c="dimmed">
        {words.bringOf(format.count(measured.journeys), day(measured.first), day(measured.last))}
      </Text>
    </Stack>
  );
}

/** The metrics of the steps that stay, today and as the future state wants them. */
function Aims({ aims }: { readonly aims: readonly Aim[] }) {
  const words = useWords(mapsWords);
  const format = useFormat();
  return (
    <WideTable width={520} className="numbers">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.metric}</Table.Th>
          <Table.Th ta="right">{words.today}</Table.Th>
          <Table.Th ta="right">{words.target}</Table.Th>
          <Table.Th ta="right">{words.away}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {aims.map((each) => (
          <Table.Tr key={`${each.step} ${each.metric}`}>
            <Table.Td>
              {each.name}
              <Text size="xs" c="dimmed">
                {each.step}
              </Text>
            </Table.Td>
            <Table.Td ta="right">
              {valueText(format, each.value, each.unit)}
              {each.n !== null && (
                <Text size="xs" c="dimmed">
                  n = {format.count(each.n)}
                </Text>
              )}
            </Table.Td>
            <Table.Td ta="right">{valueText(format, each.target, each.unit)}</Table.Td>
            <Table.Td ta="right">{isReached(each) ? words.reachedAlready : signed(each, format, words)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

/** From the value to the target; of shares in points. */
function signed({ value, target, unit }: Aim, format: Format, words: MapsWords): string {
  const difference = target - value;
  const sign = difference < 0 ? "−" : "+";
  if (unit === "share") return words.points(format.points(difference));
  return `${sign}${valueText(format, Math.abs(difference), unit)}`;
}
