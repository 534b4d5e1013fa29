import { Button, Group, Stack, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { useFormat } from "../base/format";
import { Failed } from "../base/states/Failed";
import { useWords } from "../base/words";
import classes from "./SaveBar.module.css";
import { sourcesWords } from "./sourcesWords";

interface SaveBarProps {
  readonly changes: number;
  readonly saving: boolean;
  readonly error: Error | null;
  readonly onSave: () => void;
  readonly onDrop: () => void;
}

/** At the lower edge while something is not saved; Ctrl+S saves. */
export function SaveBar({ changes, saving, error, onSave, onDrop }: SaveBarProps) {
  const words = useWords(sourcesWords);
  const format = useFormat();
  useHotkeys([["mod+S", onSave]], []);
  return (
    <div className={classes.bar}>
      <Stack gap="xs">
        {error !== null && <Failed error={error} />}
        <Group justify="space-between" gap="xs">
          <div>
            <Text size="sm" fw={550} role="status">
              {words.unsaved(format.count(changes))}
            </Text>
            <Text size="xs" c="dimmed">
              {words.renameWarning}
            </Text>
          </div>
          <Group gap="xs">
            <Button size="sm" variant="default" onClick={onDrop}>
              {words.undoAll}
            </Button>
            <Button size="sm" loading={saving} onClick={onSave}>
              {words.save}
            </Button>
          </Group>
        </Group>
      </Stack>
    </div>
  );
}
