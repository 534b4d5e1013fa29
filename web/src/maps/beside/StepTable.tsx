import { Badge, Stack, Table, Text } from "@mantine/core";
import type { ChangeAnswer, StepRow } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { WideTable } from "../../base/WideTable";
import { useWords } from "../../base/words";
import { useCheck } from "../../evidence/asking";
import { mapsWords } from "../mapsWords";
import { Change } from "../panels/Changes";
import classes from "./beside.module.css";
import { type Beside, isDifferent, isMeasured, type Placed, type StepPair } from "./pairs";

interface StepTableProps {
  readonly id: string;
  readonly beside: Beside;
  readonly onlyDifferent: boolean;
}

/** Each step as it is, as it shall be, and what is different; then what is different of the maps as a whole. */
export function StepTable({ id, beside, onlyDifferent }: StepTableProps) {
  const words = useWords(mapsWords);
  const measured = new Map(
    (useCheck(id, {}, isMeasured(beside.steps)).data?.steps ?? []).map((each) => [each.id, each]),
  );
  const shown = onlyDifferent ? beside.steps.filter(isDifferent) : beside.steps;
  return (
    <Stack gap="lg">
      <WideTable width={720} verticalSpacing="sm" className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="30%">{words.states.current}</Table.Th>
            <Table.Th w="25%">{words.states.future}</Table.Th>
            <Table.Th>{words.different}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((pair) => (
            <Pair key={pair.id} pair={pair} measured={measured.get(pair.id)} />
          ))}
        </Table.Tbody>
      </WideTable>
      {beside.whole.length > 0 && (
        <section aria-label={words.wholeMaps}>
          <Text fw={600} size="sm" mb={4}>
            {words.wholeMaps}
          </Text>
          <Changes changes={beside.whole} />
        </section>
      )}
    </Stack>
  );
}

function Pair({ pair, measured }: { readonly pair: StepPair; readonly measured: StepRow | undefined }) {
  const words = useWords(mapsWords);
  const { now, later, changes } = pair;
  return (
    <Table.Tr data-different={isDifferent(pair)}>
      <Table.Td>
        {now === undefined ? "–" : <Named placed={now} />}
        {now !== undefined && <Today measured={measured} />}
      </Table.Td>
      <Table.Td>{later === undefined ? "–" : <Named placed={later} />}</Table.Td>
      <Table.Td>
        {now === undefined && <Sign color="teal" text={words.onlyThen} />}
        {later === undefined && <Sign color="orange" text={words.onlyNow} />}
        {isDifferent(pair) ? (
          <Changes changes={changes} />
        ) : (
          <Text size="sm" c="dimmed">
            {words.same}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Named({ placed: { step, place, phase } }: { readonly placed: Placed }) {
  return (
    <>
      <Text size="sm" fw={600}>
        {place}. {step.name}
      </Text>
      <Text size="xs" c="dimmed">
        {phase}
      </Text>
    </>
  );
}

/** How many journeys reach a step today; nothing where it cannot be measured. */
function Today({ measured }: { readonly measured: StepRow | undefined }) {
  const words = useWords(mapsWords);
  const format = useFormat();
  if (measured?.reached_share == null) return null;
  const interval = format.interval(measured.reached_low, measured.reached_high);
  return (
    <Text size="xs" className="numbers" c="dimmed">
      {words.reachedToday(format.share(measured.reached_share), interval, format.count(measured.reached ?? 0))}
    </Text>
  );
}

function Sign({ color, text }: { readonly color: string; readonly text: string }) {
  return (
    <Badge variant="light" color={color} size="sm" tt="none" mb={4}>
      {text}
    </Badge>
  );
}

function Changes({ changes }: { readonly changes: readonly ChangeAnswer[] }) {
  return (
    <ul className={classes.changes}>
      {changes.map((each, place) => (
        <li key={`${each.action}/${each.what}/${each.id}/${each.field}/${String(place)}`}>
          <Change change={each} />
        </li>
      ))}
    </ul>
  );
}
