import { Anchor, Button, Group, Stack, Text, Title, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowLeft } from "@tabler/icons-react";
import { useRef } from "react";
import { Link, useNavigate } from "react-router";
import type { Upload } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Sure } from "../base/Sure";
import { Asked } from "../base/states/Asked";
import { unasked } from "../base/unsaved/unasked";
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
import { useStepFocus } from "./useStepFocus";
import { WorkProgress } from "./WorkProgress";

/** One file on its way in: where it stands, and what can be done next. */
export function UploadPane({ upload }: { readonly upload: string }) {
  return (
    <Asked query={useUpload(upload)} lines={8}>
      {(found) => <Steps upload={found} />}
    </Asked>
  );
}

function Steps({ upload }: { readonly upload: Upload }) {
  const frame = useRef<HTMLDivElement>(null);
  useStepFocus(frame, isAtWork(upload) ? "work" : upload.state);
  return (
    <Stack gap="lg" ref={frame}>
      <Heading upload={upload} />
      <ImportSteps state={upload.state} />
      <Result upload={upload} />
      {upload.problem != null && !isAtWork(upload) && <UploadProblemAlert problem={upload.problem} />}
      <Step upload={upload} />
    </Stack>
  );
}

/** What the last step has brought, for screen readers; while something is done that says itself. */
function Result({ upload }: { readonly upload: Upload }) {
  const words = useWords(sourcesWords);
  const format = useFormat();
  const told = (): string => {
    if (isAtWork(upload)) return "";
    const outcome = upload.outcome ?? upload.preview?.outcome;
    if (outcome == null)
      return upload.recognised == null ? "" : words.toldRecognised(format.count(upload.recognised.rows));
    const [stored, duplicates, unusable] = [outcome.stored, outcome.duplicates, outcome.quarantined] as const;
    const say = upload.state === "imported" ? words.toldImported : words.toldPreviewed;
    return say(format.count(stored), format.count(duplicates), format.count(unusable));
  };
  return <VisuallyHidden role="status">{told()}</VisuallyHidden>;
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
  const discard = useDiscard(() => unasked(() => void navigate("/data/import")));
  const [isAsking, { open, close }] = useDisclosure(false);
  return (
    <Stack gap={4}>
      <Anchor component={Link} to="/data/import" size="sm">
        <IconArrowLeft size={13} aria-hidden style={{ verticalAlign: "-2px" }} /> {words.back}
      </Anchor>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={2} size="h4" style={{ overflowWrap: "anywhere" }} tabIndex={-1}>
            {upload.name}
          </Title>
          <Text size="sm" c="dimmed">
            {bytes(upload.bytes)} · {words.by(upload.by, format.moment(upload.received_at))}
          </Text>
        </div>
        {!isAtWork(upload) && upload.state !== "imported" && (
          <Button size="xs" variant="default" aria-haspopup="dialog" onClick={open}>
            {words.discard}
          </Button>
        )}
      </Group>
      {isAsking && (
        <Sure
          title={words.discardSure}
          hint={words.discardHint}
          action={words.discard}
          busy={discard.isPending}
          error={discard.error}
          onDo={() => discard.mutate(upload.id)}
          onClose={() => {
            discard.reset();
            close();
          }}
        />
      )}
    </Stack>
  );
}
