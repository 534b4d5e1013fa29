import { Select } from "@mantine/core";
import type { Upload } from "../base/api/schema.gen";
import { useWords } from "../base/words";
import { useMappingWords, useUploadStep } from "./asking";
import { sourcesWords } from "./sourcesWords";

const TABLE = "table";

/** Read a file as something else than it was taken for. */
export function ReadAs({ upload }: { readonly upload: Upload }) {
  const words = useWords(sourcesWords);
  const formats = useMappingWords().data?.formats ?? [];
  const step = useUploadStep(upload.id);
  const options = [
    { value: TABLE, label: words.table },
    ...formats.map((each) => ({ value: each.name, label: each.meaning })),
  ];
  return (
    <Select
      label={words.readAs}
      description={words.readAsHint}
      size="sm"
      maw={360}
      searchable
      data={options}
      placeholder={words.readAsChoose}
      value={upload.recognised?.format ?? null}
      disabled={step.isPending}
      error={step.error?.message}
      onChange={(chosen) => step.mutate({ step: "recognise", readAs: chosen ?? undefined })}
      clearable
    />
  );
}
