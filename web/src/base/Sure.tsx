import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { baseWords } from "./baseWords";
import { Failed } from "./states/Failed";
import { useFocusBack } from "./useFocusBack";
import { useWords } from "./words";

interface SureProps {
  readonly title: string;
  readonly hint: string;
  readonly action: string;
  /** What the button that does nothing says. */
  readonly cancel?: string;
  readonly busy?: boolean;
  readonly error?: Error | null;
  readonly onDo: () => void;
  readonly onClose: () => void;
}

/** Asks before something is done that cannot be taken back. */
export function Sure({ title, hint, action, cancel, busy = false, error = null, onDo, onClose }: SureProps) {
  const words = useWords(baseWords);
  useFocusBack();
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": words.close }}>
      <Stack gap="md">
        {error !== null && <Failed error={error} />}
        <Text size="sm">{hint}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {cancel ?? words.cancel}
          </Button>
          <Button color="red" loading={busy} onClick={onDo}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
