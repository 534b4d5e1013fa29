import { Alert, Button, Group, Stack, Title } from "@mantine/core";
import type { Upload, UploadPreview } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Failed } from "../base/states/Failed";
import { useWords } from "../base/words";
import { useUploadStep } from "./asking";
import { OutcomeCounts } from "./OutcomeCounts";
import { RejectedRows } from "./RejectedRows";
import { SampleInteractions } from "./SampleInteractions";
import { sourcesWords } from "./sourcesWords";

/** What an import would do, before anything is stored. */
export function PreviewStep({ upload, preview }: { readonly upload: Upload; readonly preview: UploadPreview }) {
  const words = useWords(sourcesWords);
  const format = useFormat();
  const step = useUploadStep(upload.id);
  const { outcome } = preview;
  return (
    <Stack gap="lg">
      <Title order={3} size="h5" tabIndex={-1}>
        {words.previewTitle}
      </Title>
      <OutcomeCounts outcome={outcome} />
      {outcome.stored === 0 && <Alert variant="light">{words.nothingNew}</Alert>}
      {outcome.notes.length > 0 && (
        <Alert variant="light" color="gray" title={words.notes}>
          {outcome.notes.join(" · ")}
        </Alert>
      )}
      <Group>
        <Button loading={step.isPending} onClick={() => step.mutate({ step: "import" })}>
          {outcome.stored === 0 ? words.importNothing : words.importN(format.count(outcome.stored))}
        </Button>
        <Button
          variant="default"
          disabled={step.isPending || upload.mapping == null}
          onClick={() => upload.mapping != null && step.mutate({ step: "map", yaml: upload.mapping.yaml })}
        >
          {words.change}
        </Button>
      </Group>
      {step.error !== null && <Failed error={step.error} />}
      {preview.interactions.length > 0 && <SampleInteractions interactions={preview.interactions} />}
      {preview.rejected.length > 0 && <RejectedRows rejected={preview.rejected} whole={outcome.quarantined} />}
    </Stack>
  );
}
