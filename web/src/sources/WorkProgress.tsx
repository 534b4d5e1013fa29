import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import type { Upload } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Failed } from "../base/states/Failed";
import { useWords } from "../base/words";
import { useUploadStep } from "./asking";
import { sourcesWords } from "./sourcesWords";

/** What the server is doing with a file, how far it is, and a way to stop it. */
export function WorkProgress({ upload }: { readonly upload: Upload }) {
  const words = useWords(sourcesWords);
  const format = useFormat();
  const step = useUploadStep(upload.id);
  const work = upload.work ?? undefined;
  const share = work?.done != null && work.total != null && work.total > 0 ? work.done / work.total : undefined;
  const said = [
    work?.what === undefined || work.what === "" ? "" : words.workStep(work.what),
    work?.total == null ? "" : words.workRows(format.count(work.total)),
  ].filter((part) => part !== "");
  return (
    <Stack gap="sm" maw={640}>
      <Group justify="space-between" wrap="nowrap">
        <Text fw={550} role="status">
          {work?.waits === true ? words.waits : (words.work[upload.state] ?? "")}
        </Text>
        <Button
          size="xs"
          variant="default"
          disabled={work?.cancelling === true}
          onClick={() => step.mutate({ step: "cancel" })}
        >
          {work?.cancelling === true ? words.cancelling : words.cancel}
        </Button>
      </Group>
      <Progress
        value={share === undefined ? 100 : share * 100}
        animated={share === undefined}
        aria-label={words.work[upload.state] ?? upload.name}
      />
      <Text size="sm" c="dimmed" mih={20}>
        {said.join(" · ")}
      </Text>
      <Text size="xs" c="dimmed">
        {words.stays}
      </Text>
      {step.error !== null && <Failed error={step.error} />}
    </Stack>
  );
}
