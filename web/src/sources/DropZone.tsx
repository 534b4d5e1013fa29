import { Alert, Button, FileButton, Group, Progress, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconUpload } from "@tabler/icons-react";
import { type DragEvent, useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { ApiError } from "../base/api/errors";
import type { UploadsAnswer } from "../base/api/schema.gen";
import { baseWords } from "../base/baseWords";
import { Failed } from "../base/states/Failed";
import { useWords } from "../base/words";
import { useUploads } from "./asking";
import { useBytes } from "./bytes";
import classes from "./DropZone.module.css";
import { send } from "./sending";
import { sourcesWords } from "./sourcesWords";
import type { SourcesWords } from "./words.en";

interface Sending {
  readonly file: File;
  readonly sent: number;
}

/** Takes a file by dropping it or by choosing it, and goes on to where it is recognised. */
export function DropZone() {
  const words = useWords(sourcesWords);
  const base = useWords(baseWords);
  const bytes = useBytes();
  const navigate = useNavigate();
  const limits = useUploads().data;
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<Sending>();
  const [error, setError] = useState<Error>();
  const stop = useRef<AbortController>(undefined);
  const isHere = useRef(false);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);

  async function take(files: readonly File[]) {
    const file = files[0];
    if (file === undefined) return;
    const refused = files.length > 1 ? new ApiError(-1, "", words.oneAtATime, words.oneAtATimeHint) : whyNot(file);
    setError(refused);
    if (refused !== undefined) return;
    stop.current = new AbortController();
    setSending({ file, sent: 0 });
    try {
      const upload = await send(file, (sent) => setSending({ file, sent }), stop.current.signal);
      if (isHere.current) void navigate(`/data/import/${upload.id}`);
      else notifications.show({ message: words.arrived(file.name) });
    } catch (problem) {
      if (!(problem instanceof ApiError)) return;
      setError(problem);
      if (!isHere.current) notifications.show({ message: words.notArrived(file.name, problem.message), color: "red" });
    } finally {
      setSending(undefined);
    }
  }

  function whyNot(file: File): ApiError | undefined {
    return refusal(file, limits, words, bytes);
  }

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    void take([...event.dataTransfer.files]);
  }

  return (
    <Stack gap="sm">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is one way, the button is the other */}
      <div
        className={classes.zone}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        {sending === undefined ? (
          <Group justify="space-between" gap="md">
            <Group gap="md" wrap="nowrap" className={classes.text}>
              <IconUpload size={22} stroke={1.5} aria-hidden style={{ flexShrink: 0 }} />
              <div>
                <Text fw={550}>{over ? words.dropNow : words.dropTitle}</Text>
                <Text size="sm" c="dimmed">
                  {words.dropHint(bytes(limits?.largest_bytes ?? 2e9))}
                </Text>
              </div>
            </Group>
            <FileButton onChange={(file) => file !== null && void take([file])}>
              {(props) => (
                <Button variant="default" {...props}>
                  {words.choose}
                </Button>
              )}
            </FileButton>
          </Group>
        ) : (
          <Stack gap={6}>
            <Group justify="space-between">
              <Text size="sm" role="status">
                {words.sending(sending.file.name)}: {words.sent(bytes(sending.sent), bytes(sending.file.size))}
              </Text>
              <Button size="compact-sm" variant="default" onClick={() => stop.current?.abort()}>
                {base.cancel}
              </Button>
            </Group>
            <Progress
              value={(sending.sent / sending.file.size) * 100}
              aria-label={words.sending(sending.file.name)}
              transitionDuration={200}
            />
          </Stack>
        )}
      </div>
      {error !== undefined && <DropProblem error={error} />}
    </Stack>
  );
}

/** Why a file is not even sent; the server asks the same again. */
function refusal(
  file: File,
  limits: UploadsAnswer | undefined,
  words: SourcesWords,
  bytes: (size: number) => string,
): ApiError | undefined {
  if (file.size === 0) return new ApiError(-1, "", words.isEmpty(file.name), words.isEmptyHint);
  if (limits === undefined) return undefined;
  const { largest_bytes, free_bytes } = limits;
  if (file.size > largest_bytes) {
    const message = words.tooLarge(file.name, bytes(file.size), bytes(largest_bytes));
    return new ApiError(-1, "", message, words.tooLargeHint(file.name));
  }
  if (file.size > free_bytes) {
    return new ApiError(-1, "", words.noRoom(file.name, bytes(file.size), bytes(free_bytes)), words.noRoomHint);
  }
  return undefined;
}

function DropProblem({ error }: { readonly error: Error }) {
  if (!(error instanceof ApiError) || error.status >= 0) return <Failed error={error} />;
  return (
    <Alert role="alert" color="orange" variant="light" title={error.message}>
      {error.hint}
    </Alert>
  );
}
