import { Alert, Button, Group, List, Stack, Text, Title } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useState } from "react";
import type { Recognised, Upload, UploadMapping } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Failed } from "../base/states/Failed";
import { isChanged } from "../base/unsaved/isChanged";
import { useUnsaved } from "../base/unsaved/useUnsaved";
import { useWords } from "../base/words";
import { useUploadStep } from "./asking";
import { MappingFields } from "./MappingFields";
import { MappingTable } from "./MappingTable";
import { MappingText } from "./MappingText";
import { lacking, type MappingDocument } from "./mapping";
import { ReadAs } from "./ReadAs";
import { sourcesWords } from "./sourcesWords";
import type { SourcesWords } from "./words.en";

interface MappingStepProps {
  readonly upload: Upload;
  readonly recognised: Recognised;
  readonly mapping: UploadMapping;
}

/** What the file was taken for, and what its columns mean: as a table, or as text. */
export function MappingStep({ upload, recognised, mapping }: MappingStepProps) {
  const words = useWords(sourcesWords);
  const step = useUploadStep(upload.id);
  const [document, setDocument] = useState<MappingDocument>(mapping.document);
  const [yaml, setYaml] = useState(mapping.yaml);
  const [asText, setAsText] = useState(false);
  const { guard } = useUnsaved(yaml !== mapping.yaml || isChanged(mapping.document, document));
  const missing = asText ? [] : lacking(document);

  async function preview() {
    if (asText && yaml !== mapping.yaml) await step.mutateAsync({ step: "map", yaml });
    if (!asText && document !== mapping.document) await step.mutateAsync({ step: "map", document });
    step.mutate({ step: "preview" });
  }

  return (
    <Stack gap="lg">
      <TakenFor upload={upload} recognised={recognised} />
      <Group justify="space-between" align="flex-end">
        <div>
          <Title order={3} size="h5" tabIndex={-1}>
            {words.mapTitle}
          </Title>
          <Text size="sm" c="dimmed">
            {asText ? words.asTextHint : words.mapLead}
          </Text>
        </div>
        <Button size="xs" variant="default" onClick={() => setAsText(!asText)}>
          {asText ? words.asTable : words.asText}
        </Button>
      </Group>
      {asText ? (
        <MappingText yaml={yaml} onChange={setYaml} />
      ) : (
        <Stack gap="lg">
          <MappingFields document={document} onChange={setDocument} />
          {recognised.format == null ? (
            <MappingTable recognised={recognised} document={document} onChange={setDocument} />
          ) : (
            <Text size="sm">{words.formatMapping}</Text>
          )}
        </Stack>
      )}
      {missing.length > 0 && (
        <Alert color="orange" variant="light" role="status">
          <Text size="sm">{words.missing(missing.map((name) => missingName(words, name)).join(", "))}</Text>
          {missing.map((name) => (
            <Text key={name} size="sm" c="dimmed">
              {words.missingHints[name]}
            </Text>
          ))}
        </Alert>
      )}
      {step.error !== null && <Failed error={step.error} />}
      <Group>
        <Button
          loading={step.isPending}
          disabled={missing.length > 0}
          onClick={() => void preview().catch(() => undefined)}
        >
          {words.preview}
        </Button>
        <Text size="xs" c="dimmed">
          {words.saveFirst}
        </Text>
      </Group>
      {guard}
    </Stack>
  );
}

function missingName(words: SourcesWords, name: string): string {
  return name === "identifiers" ? words.missingIdentifier : (words.fieldNames[name] ?? name);
}

function TakenFor({ upload, recognised }: { readonly upload: Upload; readonly recognised: Recognised }) {
  const words = useWords(sourcesWords);
  const format = useFormat();
  const about = [
    recognised.sure == null ? "" : words.sure(format.share(recognised.sure)),
    words.rows(format.count(recognised.rows)),
    recognised.sampled < recognised.rows ? words.sampled(format.count(recognised.sampled)) : "",
  ];
  return (
    <Group justify="space-between" align="flex-start">
      <Stack gap={4} maw={720}>
        <Text fw={550}>{words.takenFor(recognised.format == null ? words.aTable : recognised.taken_for)}</Text>
        <Text size="sm" c="dimmed">
          {about.filter((part) => part !== "").join(" · ")}
        </Text>
        {recognised.known_source && <Text size="sm">{words.knownSource}</Text>}
        {recognised.notes.length > 0 && (
          <Alert color="gray" variant="light" icon={<IconInfoCircle />} title={words.notes}>
            <List size="sm" spacing={2}>
              {recognised.notes.map((note) => (
                <List.Item key={note}>{note}</List.Item>
              ))}
            </List>
          </Alert>
        )}
      </Stack>
      <ReadAs upload={upload} />
    </Group>
  );
}
