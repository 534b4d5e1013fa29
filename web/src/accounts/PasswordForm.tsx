import { Button, Group, PasswordInput, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { useChangePassword } from "./asking";
import { Refusal } from "./Refusal";
import { Section } from "./Section";

/** Set another password for oneself. */
export function PasswordForm({ email }: { readonly email: string }) {
  const words = useWords(accountsWords);
  const changing = useChangePassword();
  const [before, setBefore] = useState("");
  const [after, setAfter] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    changing.mutate(
      { old: before, new: after },
      {
        onSuccess: () => {
          setBefore("");
          setAfter("");
          notifications.show({ message: words.changed });
        },
      },
    );
  };
  return (
    <Section title={words.changePassword}>
      <form onSubmit={send}>
        <Stack gap="sm" maw={400}>
          <input type="hidden" autoComplete="username" value={email} readOnly />
          {changing.error !== null && <Refusal error={changing.error} wrong={words.oldWrong} />}
          <PasswordInput
            label={words.oldPassword}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ "aria-label": words.showPassword }}
            required
            withAsterisk={false}
            value={before}
            onChange={(event) => setBefore(event.currentTarget.value)}
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
            value={after}
            onChange={(event) => setAfter(event.currentTarget.value)}
          />
          <Group>
            <Button type="submit" variant="default" loading={changing.isPending}>
              {words.changePassword}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
