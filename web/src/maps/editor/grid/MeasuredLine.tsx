import { Text } from "@mantine/core";
import { useFormat } from "../../../base/format";
import { Failed } from "../../../base/states/Failed";
import { useWords } from "../../../base/words";
import { editorWords } from "../editorWords";
import { FoundMoments } from "./FoundMoments";
import type { Measuring } from "./measuredSteps";

/** What the measured layer is of, while it is on. */
export function MeasuredLine({ measuring: { query, isBound } }: { readonly measuring: Measuring }) {
  const words = useWords(editorWords);
  const format = useFormat();
  if (!isBound) return <Told text={words.measuredNone} />;
  if (query.error !== null) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  const { data } = query;
  if (data === undefined || query.isPlaceholderData) return <Told text={words.measuredLoading} />;
  const steps = [...data.steps.values()];
  const measured = steps.filter((each) => each.binding === "bound" || each.binding === "silent").length;
  return (
    <>
      <Told text={words.measuredOf(format.count(data.journeys), measured, steps.length)} />
      <FoundMoments measured={data} />
    </>
  );
}

function Told({ text }: { readonly text: string }) {
  return (
    <Text size="xs" c="dimmed" role="status">
      {text}
    </Text>
  );
}
