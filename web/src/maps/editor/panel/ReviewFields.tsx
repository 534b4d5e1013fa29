import { Button, Group, Stack, Text } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { DayField } from "../../../base/DayField";
import { dayText, todayIn } from "../../../base/days";
import { useMe } from "../../../base/me";
import { useLanguage, useWords } from "../../../base/words";
import { useZone } from "../../../base/zone";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { setReviewed } from "../model/commands/head";
import { setField } from "../model/commands/setField";
import { ROOT } from "../model/shape";
import { useRead } from "../reading";

/** When the map was looked at and by whom, and by when it is to be looked at again. */
export function ReviewFields() {
  const words = useWords(editorWords);
  const language = useLanguage();
  const zone = useZone();
  const { name } = useMe();
  const { editing, mayWrite } = useEditor();
  const reviewed = useRead((store) => String(store.root.reviewed ?? ""));
  const by = useRead((store) => String(store.root.reviewed_by ?? ""));
  const due = useRead((store) => String(store.root.review_date ?? ""));
  const day = reviewed === "" ? "" : dayText(reviewed, language);
  const said = day === "" ? words.neverReviewed : by === "" ? words.reviewedOn(day) : words.reviewedBy(day, by);
  return (
    <Stack gap={6} role="group" aria-label={words.review}>
      <Text size="xs" fw={500}>
        {words.review}
      </Text>
      <Group justify="space-between" gap="xs">
        <Text size="xs">{said}</Text>
        {mayWrite && (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconCheck size={13} aria-hidden />}
            onClick={() => setReviewed(editing, todayIn(zone), name)}
          >
            {words.reviewedToday}
          </Button>
        )}
      </Group>
      <DayField
        size="xs"
        label={words.reviewDate}
        readOnly={!mayWrite}
        value={due}
        onChange={(text) => setField(editing, ROOT, "", "review_date", text === "" ? undefined : text)}
      />
    </Stack>
  );
}
