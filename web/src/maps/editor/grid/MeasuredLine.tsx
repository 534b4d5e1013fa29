import { Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { useFormat } from "../../../base/format";
import { Failed } from "../../../base/states/Failed";
import { useWords } from "../../../base/words";
import { editorWords } from "../editorWords";
import { useStanding } from "../reading";
import type { MeasuredSteps } from "./measuredSteps";

/** What the measured layer is of, while it is on. */
export function MeasuredLine({ query }: { readonly query: UseQueryResult<MeasuredSteps> }) {
  const words = useWords(editorWords);
  const format = useFormat();
  const { status } = useStanding();
  if (query.error !== null) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const { data } = query;
  const isNone = data !== undefined && [...data.steps.values()].every((each) => each.reached_share === null);
  const told =
    data === undefined
      ? words.measuredLoading
      : isNone
        ? words.measuredNone
        : words.measuredOf(format.count(data.journeys), String(status?.version ?? "–"));
  return (
    <Text size="xs" c="dimmed" role="status">
      {told}
    </Text>
  );
}
