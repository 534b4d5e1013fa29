import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { baseWords } from "../base/baseWords";
import { Failed } from "../base/states/Failed";
import { useWords } from "../base/words";
import type { Pair } from "./Identifiers";
import { identityWords, typeName } from "./identityWords";

interface CutDialogProps {
  /** Open where there is one. */
  readonly pair: Pair | undefined;
  readonly error: Error | null;
  readonly working: boolean;
  readonly onCut: (pair: Pair) => void;
  readonly onClose: () => void;
}

/** Asks before two identifiers are kept apart, and says what that does. */
export function CutDialog({ pair, error, working, onCut, onClose }: CutDialogProps) {
  const words = useWords(identityWords);
  const base = useWords(baseWords);
  return (
    <Modal
      opened={pair !== undefined}
      onClose={onClose}
      title={words.cutTitle}
      closeButtonProps={{ "aria-label": base.close }}
    >
      {pair !== undefined && (
        <Stack gap="md">
          {[pair.first, pair.second].map((each) => (
            <div key={each.number}>
              <Text size="xs" c="dimmed">
                {typeName(words, each.type)}
              </Text>
              <Text style={{ overflowWrap: "anywhere" }}>{each.value}</Text>
            </div>
          ))}
          <Text size="sm" c="dimmed">
            {words.cutExplained}
          </Text>
          {error !== null && <Failed error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {base.cancel}
            </Button>
            <Button loading={working} onClick={() => onCut(pair)} data-autofocus>
              {words.cutDo}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
