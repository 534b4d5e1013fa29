import { Button, FileButton, Group, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../../base/words";
import { LARGEST, smaller } from "../editor/panel/pictures";
import { mapsWords } from "../mapsWords";
import classes from "./PersonaPicture.module.css";
import type { Picture } from "./personaForm";

interface PersonaPictureProps {
  readonly picture: Picture | undefined;
  readonly onPicture: (picture: Picture | undefined) => void;
}

/** The picture of a persona, chosen from a file and made small enough to be a part of the document. */
export function PersonaPicture({ picture, onPicture }: PersonaPictureProps) {
  const words = useWords(mapsWords);
  const [error, setError] = useState("");
  const alternative = picture?.alternative ?? "";
  const choose = async (file: File | null): Promise<void> => {
    if (file === null) return;
    try {
      const source = await smaller(file);
      setError(source === undefined ? words.pictureTooLarge(String(LARGEST / 1000)) : "");
      if (source !== undefined) onPicture({ source, alternative });
    } catch {
      setError(words.pictureUnreadable);
    }
  };
  const isShown = picture?.source.startsWith("data:image/") === true;
  return (
    <Group align="flex-start" role="group" aria-label={words.picture}>
      {isShown && <img className={classes.picture} src={picture.source} alt={alternative} />}
      <Stack gap={6} flex={1}>
        <Text size="sm" fw={500}>
          {words.picture}
        </Text>
        {picture !== undefined && !isShown && <Text size="xs">{picture.source}</Text>}
        {picture !== undefined && (
          <TextInput
            size="xs"
            label={words.pictureAlternative}
            value={alternative}
            onChange={(event) => onPicture({ ...picture, alternative: event.currentTarget.value })}
          />
        )}
        <Group gap="xs">
          <FileButton accept="image/*" onChange={(file) => void choose(file)}>
            {(props) => (
              <Button {...props} size="compact-sm" variant="default">
                {words.pictureChoose}
              </Button>
            )}
          </FileButton>
          {picture !== undefined && (
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onPicture(undefined)}>
              {words.pictureRemove}
            </Button>
          )}
        </Group>
        {error !== "" && (
          <Text size="xs" c="red" role="alert">
            {error}
          </Text>
        )}
      </Stack>
    </Group>
  );
}
