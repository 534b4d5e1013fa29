import { Button, Group, Stack, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { baseWords } from "../base/baseWords";
import { Failed } from "../base/states/Failed";
import { useWords } from "../base/words";

interface RemoveProps {
  readonly label: string;
  readonly hint: string;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onDo: () => void;
}

/** Takes something away after asking once, where it stands. */
export function Remove({ label, hint, busy, error, onDo }: RemoveProps) {
  const base = useWords(baseWords);
  const [isAsking, ask] = useState(false);
  if (!isAsking)
    return (
      <div>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconTrash size={14} />}
          onClick={() => ask(true)}
        >
          {label}
        </Button>
      </div>
    );
  return (
    <Stack gap={6} role="group" aria-label={label}>
      {error !== null && <Failed error={error} />}
      <Text size="sm">{hint}</Text>
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={() => ask(false)} autoFocus>
          {base.cancel}
        </Button>
        <Button size="xs" color="red" loading={busy} onClick={onDo}>
          {label}
        </Button>
      </Group>
    </Stack>
  );
}
