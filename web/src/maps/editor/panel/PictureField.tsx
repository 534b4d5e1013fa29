import { Button, FileButton, Group, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { setPicture } from "../model/commands/cells";
import { isFields } from "../model/shape";
import { useCell } from "../reading";
import classes from "./panel.module.css";
import { LARGEST, smaller } from "./pictures";
import { Said } from "./Said";

/** The picture of a cell, chosen from a file and made small enough to be a part of the map. */
export function PictureField({ lane, step }: { readonly lane: string; readonly step: string }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const said = useCell(lane, step).fields.picture;
  const picture = isFields(said) ? said : undefined;
  const source = picture === undefined ? undefined : String(picture.source);
  const alternative = String(picture?.alternative ?? "");
  const choose = async (file: File | null): Promise<void> => {
    if (file === null) return;
    try {
      const made = await smaller(file);
      if (made === undefined)
        notifications.show({ color: "red", message: words.pictureTooLarge(String(LARGEST / 1000)) });
      else setPicture(editing, lane, step, { source: made, ...(alternative !== "" && { alternative }) });
    } catch {
      notifications.show({ color: "red", message: words.pictureUnreadable });
    }
  };
  return (
    <Stack gap={6} role="group" aria-label={words.picture}>
      <Text size="xs" fw={500}>
        {words.picture}
      </Text>
      {source?.startsWith("data:image/") && <img className={classes.picture} src={source} alt={alternative} />}
      {source !== undefined && !source.startsWith("data:") && <Text size="xs">{source}</Text>}
      {source !== undefined && (
        <Said
          label={words.pictureAlternative}
          value={alternative}
          onSay={(text) => setPicture(editing, lane, step, { source, ...(text !== "" && { alternative: text }) })}
        />
      )}
      {mayWrite && (
        <Group gap={4}>
          <FileButton accept="image/*" onChange={(file) => void choose(file)}>
            {(props) => (
              <Button {...props} size="compact-xs" variant="default">
                {words.pictureChoose}
              </Button>
            )}
          </FileButton>
          {source !== undefined && (
            <Button
              size="compact-xs"
              variant="subtle"
              color="gray"
              onClick={() => setPicture(editing, lane, step, undefined)}
            >
              {words.remove}
            </Button>
          )}
        </Group>
      )}
    </Stack>
  );
}
