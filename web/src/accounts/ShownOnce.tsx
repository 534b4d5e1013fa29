import { Button, Code, CopyButton, Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";

interface ShownOnceProps {
  readonly lead: string;
  readonly secret: string;
  readonly children?: ReactNode;
  readonly onDone: () => void;
}

/** A link or a key that is shown now and never again. */
export function ShownOnce({ lead, secret, children, onDone }: ShownOnceProps) {
  const words = useWords(accountsWords);
  return (
    <Stack gap="md">
      <Text size="sm">{lead}</Text>
      <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {secret}
      </Code>
      {children}
      <Group justify="flex-end">
        <CopyButton value={secret} timeout={3_000}>
          {({ copied, copy }) => (
            <Button
              data-autofocus
              leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              onClick={copy}
            >
              {copied ? words.copied : words.copy}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={onDone}>
          {words.done}
        </Button>
      </Group>
    </Stack>
  );
}
