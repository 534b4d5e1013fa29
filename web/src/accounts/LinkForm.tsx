import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Link } from "../base/api/schema.gen";
import { Failed } from "../base/states/Failed";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { useUseLink } from "./asking";

interface LinkFormProps {
  readonly token: string;
  readonly link: Link;
  readonly onDone: () => void;
}

/** Name and password; for the first start the e-mail address too. */
export function LinkForm({ token, link, onDone }: LinkFormProps) {
  const words = useWords(accountsWords);
  const using = useUseLink();
  const [name, setName] = useState(link.person?.name ?? "");
  const [email, setEmail] = useState(link.person?.email ?? "");
  const [password, setPassword] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    using.mutate({ token, name, email: link.person === null ? email : null, password }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        {using.error !== null && <Failed error={using.error} />}
        <TextInput
          label={words.yourName}
          description={words.nameHint}
          autoComplete="name"
          autoFocus
          required
          withAsterisk={false}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={words.email}
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
          readOnly={link.person !== null}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={words.newPassword}
          description={words.passwordHint}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ "aria-label": words.showPassword }}
          minLength={12}
          maxLength={200}
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" fullWidth loading={using.isPending}>
          {words.begin}
        </Button>
      </Stack>
    </form>
  );
}
