import { Anchor, Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link, useNavigate } from "react-router";
import type { Upload } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Asked } from "../base/states/Asked";
import { Failed } from "../base/states/Failed";
import { useWords } from "../base/words";
import { isAtWork, useDiscard, useUpload } from "./asking";
import { useBytes } from "./bytes";
import { ImportDone } from "./ImportDone";
import { ImportSteps } from "./ImportSteps";
import { MappingStep } from "./MappingStep";
import { PreviewStep } from "./PreviewStep";
import { ReadAsStep } from "./ReadAsStep";
import { sourcesWords } from "./sourcesWords";
import { UploadProblemAlert } from "./UploadProblemAlert";
import { WorkProgress } from "./WorkProgress";

/** One file on its way in: where it stands, and what can be done next. */
export function UploadPane({ upload }: { readonly upload: string }) {
  return (
    <Asked query={useUpload(upload)} lines={8}>
      {(found) => (
        <Stack gap="lg">
          <Heading upload={found} />
          <ImportSteps state={found.state} />
          {found.problem != null && !isAtWork(found) && <UploadProblemAlert problem={found.problem} />}
          <Step upload={found} />
        </Stack>
      )}
    </Asked>
  );
}

function Step({ upload }: { readonly upload: Upload }) {
  if (isAtWork(upload)) return <WorkProgress upload={upload} />;
  if (upload.state === "imported") return <ImportDone upload={upload} />;
  if (upload.state === "previewed" && upload.preview != null) {
    return <PreviewStep upload={upload} preview={upload.preview} />;
  }
  if (upload.recognised != null && upload.mapping != null) {
    return (
      <MappingStep key={upload.mapping.yaml} upload={upload} recognised={upload.recognised} mapping={upload.mapping} />
    );
  }
  return <ReadAsStep upload={upload} />;
}

function Heading({ upload }: { readonly upload: Upload }) {
  const words = useWords(sourcesWords);
  const format = useFormat();
  const bytes = useBytes();
  const navigate = useNavigate();
  const discard = useDiscard(() => void navigate("/data/import"));
  return (
    <Stack gap={4}>
      <Anchor component={Link} to="/data/import" size="sm">
        <IconArrowLeft size={13} aria-hidden style={{ verticalAlign: "-2px" }} /> {words.back}
      </Anchor>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={2} size="h4" style={{ overflowWrap: "anywhere" }}>
            {upload.name}
          </Title>
          <Text size="sm" c="dimmed">
            {bytes(upload.bytes)} · {words.by(upload.by, format.moment(upload.received_at))}
          </Text>
        </div>
        {!isAtWork(upload) && upload.state !== "imported" && (
          <Button
            size="xs"
            variant="default"
            loading={discard.isPending}
            onClick={() => window.confirm(words.discardSure) && discard.mutate(upload.id)}
          >
            {words.discard}
          </Button>
        )}
      </Group>
      {discard.error !== null && <Failed error={discard.error} />}
    </Stack>
  );
}
