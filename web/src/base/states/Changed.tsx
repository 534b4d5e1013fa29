import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { type ReactNode, useEffect, useRef } from "react";
import { ApiError } from "../api/errors";
import { useWords } from "../words";
import { changedWords } from "./changedWords";
import { Failed } from "./Failed";

interface ChangedProps {
  readonly error: Error;
  readonly busy: boolean;
  /** What stands now, as somebody else has saved it. */
  readonly now: ReactNode;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
}

/** Why something was not saved: somebody else has changed it, and one of the two is to stay; or whatever else failed. */
export function Changed({ error, busy, now, onKeepMine, onTakeTheirs }: ChangedProps) {
  const words = useWords(changedWords);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    frame.current?.scrollIntoView?.({ block: "nearest" });
  }, []);
  if (!(error instanceof ApiError) || error.code !== "settings.changed") return <Failed error={error} />;
  return (
    <Alert ref={frame} role="alert" color="orange" title={words.title}>
      <Stack gap="sm">
        <Text size="sm">{words.hint}</Text>
        <div>
          <Text size="sm" fw={600}>
            {words.standsNow}
          </Text>
          {now}
        </div>
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={onTakeTheirs}>
            {words.takeTheirs}
          </Button>
          <Button size="xs" color="red" variant="light" loading={busy} onClick={onKeepMine}>
            {words.keepMine}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
