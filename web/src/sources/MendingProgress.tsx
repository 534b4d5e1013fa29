import { Progress, Stack, Text } from "@mantine/core";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { useMendingWork } from "./askingQuarantine";
import { sourcesWords } from "./sourcesWords";

/** How far the server is with the rows that are fed back. */
export function MendingProgress() {
  const words = useWords(sourcesWords);
  const format = useFormat();
  const work = useMendingWork().data;
  const { done, total } = work ?? {};
  const known = done != null && total != null && total > 0;
  const said = [
    work?.what === undefined || work.what === "" ? "" : words.workStep(work.what),
    total == null ? "" : words.workRows(format.count(total)),
  ];
  return (
    <Stack gap={4} maw={480} role="status">
      <Progress value={known ? (done / total) * 100 : 100} animated={!known} aria-label={words.all.working} />
      <Text size="xs" c="dimmed">
        {[words.all.working, ...said.filter((part) => part !== "")].join(" · ")}
      </Text>
    </Stack>
  );
}
