import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { askAgain } from "../base/api/askAgain";
import { answer, api } from "../base/api/client";
import { baseWords } from "../base/baseWords";
import { Failed } from "../base/states/Failed";
import { useWords } from "../base/words";
import { SAVED_KEY } from "./asking";
import { BEHIND } from "./behind/showing";
import { changed, type Explore } from "./explore";
import { journeysWords } from "./journeysWords";

interface SaveQuestionProps {
  readonly explore: Explore;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Gives the question of the page a name, under which everybody finds it. */
export function SaveQuestion({ explore, opened, onClose }: SaveQuestionProps) {
  const words = useWords(journeysWords);
  const base = useWords(baseWords);
  const client = useQueryClient();
  const [name, setName] = useState("");
  const parameters = changed(explore.params, { [BEHIND]: null }).toString();
  const saving = useMutation({
    mutationFn: () =>
      answer(api.POST("/api/journeys/saved", { body: { name: name.trim(), question: explore.question, parameters } })),
    onSuccess: async () => {
      notifications.show({ message: words.actions.saved(name.trim()) });
      setName("");
      onClose();
      await askAgain(client, { queryKey: SAVED_KEY });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "") saving.mutate();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={words.actions.saveTitle}
      closeButtonProps={{ "aria-label": base.close }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            data-autofocus
            label={words.actions.name}
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Text size="xs" c="dimmed">
            {words.actions.saveHelp}
          </Text>
          {saving.error !== null && <Failed error={saving.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {base.cancel}
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={name.trim() === ""}>
              {base.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
