import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { LinkMade, Role } from "../base/api/schema.gen";
import { Failed } from "../base/states/Failed";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { useInvite } from "./asking";
import { RoleChoice } from "./RoleChoice";

/** Name, e-mail address and role of somebody who gets a link. */
export function InviteForm({ onMade }: { readonly onMade: (made: LinkMade) => void }) {
  const words = useWords(accountsWords);
  const inviting = useInvite();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const send = (event: FormEvent) => {
    event.preventDefault();
    inviting.mutate({ name, email, role }, { onSuccess: onMade });
  };
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        {inviting.error !== null && <Failed error={inviting.error} />}
        <TextInput
          data-autofocus
          label={words.name}
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={words.email}
          type="email"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <RoleChoice role={role} onChoose={setRole} />
        <Group justify="flex-end">
          <Button type="submit" loading={inviting.isPending}>
            {words.makeLink}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
