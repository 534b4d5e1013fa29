import { Checkbox, Group, Stack, Text } from "@mantine/core";
import { useMemo } from "react";
import type { ComparisonAnswer } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { useWords } from "../../base/words";
import { useComparison } from "../asking";
import type { Explore } from "../explore";
import { journeysWords } from "../journeysWords";
import { Notes } from "../Notes";
import { Opens } from "../tables/Cell";
import { Waiting } from "../Waiting";
import { Differences } from "./Differences";
import { everyOf, openedIn } from "./opening";

interface ComparisonViewProps {
  readonly of: string;
  readonly query: string;
  readonly explore: Explore;
}

/** Two groups side by side, and which differences are more than chance. */
export function ComparisonView({ of, query, explore }: ComparisonViewProps) {
  const comparison = useComparison(of, query);
  return (
    <Waiting query={comparison} address={`comparisons/${of}?${query}`}>
      {({ answer, notes }) => (
        <Stack gap="md">
          <Notes notes={[...notes, answer.customers?.note ?? ""]} />
          <Compared answer={answer} explore={explore} />
        </Stack>
      )}
    </Waiting>
  );
}

function Compared({ answer, explore }: { readonly answer: ComparisonAnswer; readonly explore: Explore }) {
  const words = useWords(journeysWords);
  const format = useFormat();
  const opened = useMemo(() => openedIn(answer, explore), [answer, explore]);
  const isOnlySure = explore.params.get("sure") === "only";
  const sure = answer.differences.filter((each) => each.is_sure);
  const made = answer.differences.filter((each) => each.untested === "by_segment").length;
  const shown = isOnlySure ? sure : answer.differences;
  return (
    <Stack gap="md">
      <Group justify="space-between" align="baseline">
        <Stack gap={2}>
          {answer.customers !== null && (
            <Text size="sm" fw={600}>
              <Opened behind={opened(everyOf(explore.question), 0)}>
                {words.compare.customers(format.count(answer.customers.first))}
              </Opened>
              {` ${words.compare.with} `}
              <Opened behind={opened(everyOf(explore.question), 1)}>{format.count(answer.customers.second)}</Opened>
            </Text>
          )}
          <Text size="sm" c="dimmed">
            {words.compare.sure(format.count(sure.length), format.count(answer.differences.length))}
            {made > 0 && ` · ${words.compare.made(format.count(made))}`}
            {answer.left_out > 0 && ` · ${words.compare.leftOut(format.count(answer.left_out))}`}
          </Text>
          {answer.test !== null && (
            <Text size="sm" c="dimmed">
              {words.compare.test(
                answer.test.name,
                format.number(answer.test.chi_squared, 2),
                answer.test.p !== null && answer.test.p < 0.001 ? "< 0.001" : format.number(answer.test.p, 3),
              )}
            </Text>
          )}
        </Stack>
        <Checkbox
          size="xs"
          label={words.compare.onlySure}
          checked={isOnlySure}
          onChange={(event) => explore.set({ sure: event.currentTarget.checked ? "only" : null })}
        />
      </Group>
      <Differences rows={shown} opened={opened} />
    </Stack>
  );
}

/** A number that opens journeys, where there are some. */
function Opened({ behind, children }: { readonly behind: string | undefined; readonly children: string }) {
  return behind === undefined ? children : <Opens behind={behind}>{children}</Opens>;
}
