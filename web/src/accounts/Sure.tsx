import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { baseWords } from "../base/baseWords";
import { Failed } from "../base/states/Failed";
import { useFocusBack } from "../base/useFocusBack";
import { useWords } from "../base/words";

interface SureProps {
  readonly title: string;
  readonly hint: string;
  readonly action: string;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onDo: () => void;
  readonly onClose: () => void;
}

/** Asks before something is done that cannot be taken back. */
export function Sure({ title, hint, action, busy, error, onDo, onClose }: SureProps) {
  const words = useWords(baseWords);
  useFocusBack();
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": words.close }}>
      <Stack gap="md">
        {error !== null && <Failed error={error} />}
        <Text size="sm">{hint}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {words.cancel}
          </Button>
          <Button color="red" loading={busy} onClick={onDo}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
