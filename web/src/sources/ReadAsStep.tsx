import { Button, Group, Stack } from "@mantine/core";
import type { Upload } from "../base/api/schema.gen";
import { Failed } from "../base/states/Failed";
import { useWords } from "../base/words";
import { useUploadStep } from "./asking";
import { ReadAs } from "./ReadAs";
import { sourcesWords } from "./sourcesWords";

/** What can be done with a file that was not recognised. */
export function ReadAsStep({ upload }: { readonly upload: Upload }) {
  const words = useWords(sourcesWords);
  const step = useUploadStep(upload.id);
  return (
    <Stack gap="md">
      <Group align="flex-end">
        <ReadAs upload={upload} />
        <Button variant="default" loading={step.isPending} onClick={() => step.mutate({ step: "recognise" })}>
          {words.automatic}
        </Button>
      </Group>
      {step.error !== null && <Failed error={step.error} />}
    </Stack>
  );
}
