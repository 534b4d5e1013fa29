import { Button, Group, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import type { ReplayAnswer, WaitingRow } from "../base/api/schema.gen";
import { Failed } from "../base/states/Failed";
import { useWords } from "../base/words";
import { useMend } from "./asking";
import { fieldsToMend, mendedValues } from "./mending";
import classes from "./Quarantine.module.css";
import { sourcesWords } from "./sourcesWords";

/** The columns of a row, those that the mapping reads first, to be put right and fed back. */
export function MendForm({ row }: { readonly row: WaitingRow }) {
  const words = useWords(sourcesWords);
  const mend = useMend();
  const fields = fieldsToMend(row);
  const [changes, setChanges] = useState<Readonly<Record<string, string>>>({});

  /** The row leaves the list, or comes back under a new number, so it cannot tell itself. */
  function tell({ stored, quarantined }: ReplayAnswer) {
    const message = quarantined > 0 ? words.stillWrong : stored > 0 ? words.mended : words.mendedDuplicate;
    notifications.show({ message, color: quarantined > 0 ? "orange" : "path" });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    mend.mutate({ source: row.source, id: row.id, values: mendedValues(row, changes) }, { onSuccess: tell });
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="sm" py="sm">
        {row.form === "unreadable" && (
          <div>
            <Text size="xs" c="dimmed">
              {words.raw}
            </Text>
            <Text size="xs" className={classes.raw} ff="monospace">
              {String(row.values._raw ?? "")}
            </Text>
          </div>
        )}
        <Text size="xs" c="dimmed">
          {words.mendHint}
        </Text>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
          {fields.map(({ name, value }) => (
            <TextInput
              key={name}
              size="xs"
              label={name}
              value={changes[name] ?? value}
              onChange={(event) => setChanges({ ...changes, [name]: event.currentTarget.value })}
            />
          ))}
        </SimpleGrid>
        <Group>
          <Button type="submit" size="xs" loading={mend.isPending}>
            {words.feedBack}
          </Button>
        </Group>
        {mend.error !== null && <Failed error={mend.error} />}
      </Stack>
    </form>
  );
}
