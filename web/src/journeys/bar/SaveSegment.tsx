import { Button, Group, Stack, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { askAgain } from "../../base/api/askAgain";
import { answer, api } from "../../base/api/client";
import { baseWords } from "../../base/baseWords";
import { useMay } from "../../base/me";
import { Failed } from "../../base/states/Failed";
import { useWords } from "../../base/words";
import { SEGMENTS_KEY } from "../asking";
import { journeysWords } from "../journeysWords";

/** Gives the segment that is chosen a name, under which everybody finds it. */
export function SaveSegment({ condition }: { readonly condition: string }) {
  const words = useWords(journeysWords);
  const base = useWords(baseWords);
  const draws = useMay("draw");
  const client = useQueryClient();
  const [name, setName] = useState("");
  const saving = useMutation({
    mutationFn: () => answer(api.POST("/api/journeys/segments", { body: { name: name.trim(), condition } })),
    onSuccess: async () => {
      notifications.show({ message: words.segments.done(name.trim()) });
      await askAgain(client, { queryKey: SEGMENTS_KEY });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== "") saving.mutate();
  };
  if (!draws) return null;
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Group gap="xs" align="flex-end" wrap="nowrap">
          <TextInput
            size="xs"
            flex={1}
            label={words.segments.name}
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" variant="default" loading={saving.isPending} disabled={name.trim() === ""}>
            {base.save}
          </Button>
        </Group>
        {saving.error !== null && <Failed error={saving.error} />}
      </Stack>
    </form>
  );
}
