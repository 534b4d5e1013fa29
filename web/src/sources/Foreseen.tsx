import { Alert, Button, Text } from "@mantine/core";
import type { AttemptAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { sourcesWords } from "./sourcesWords";

/** What feeding rows back would do, and a way to do it. */
export function Foreseen({ found, onDo }: { readonly found: AttemptAnswer; readonly onDo: () => void }) {
  const words = useWords(sourcesWords);
  const format = useFormat();
  const reasons = Object.entries(found.reasons).map(
    ([name, count]) => `${words.reasons[name] ?? name}: ${format.count(count)}`,
  );
  return (
    <Alert variant="light" color={found.stored === 0 ? "orange" : "gray"} role="status">
      <Text size="sm">
        {words.all.foreseen(
          format.count(found.read),
          format.count(found.stored),
          format.count(found.duplicates),
          format.count(found.quarantined),
        )}
      </Text>
      {reasons.length > 0 && <Text size="xs">{words.all.stillBecause(reasons.join(" · "))}</Text>}
      <Button size="xs" mt="sm" onClick={onDo}>
        {words.all.doIt}
      </Button>
    </Alert>
  );
}
