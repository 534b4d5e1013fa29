import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { KeyMade, Role } from "../base/api/schema.gen";
import { Failed } from "../base/states/Failed";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { useMakeKey } from "./asking";
import { RoleChoice } from "./RoleChoice";

/** Name and role of a key to make. */
export function KeyForm({ onMade }: { readonly onMade: (made: KeyMade) => void }) {
  const words = useWords(accountsWords);
  const making = useMakeKey();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const send = (event: FormEvent) => {
    event.preventDefault();
    making.mutate({ name, role }, { onSuccess: onMade });
  };
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        {making.error !== null && <Failed error={making.error} />}
        <TextInput
          data-autofocus
          label={words.keyName}
          description={words.keyNameHint}
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <RoleChoice role={role} onChoose={setRole} />
        <Group justify="flex-end">
          <Button type="submit" loading={making.isPending}>
            {words.makeKey}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
