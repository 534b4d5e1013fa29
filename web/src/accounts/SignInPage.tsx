import { Button, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { useAskMe } from "../base/me";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { useSignIn } from "./asking";
import { nextPlace } from "./nextPlace";
import { OpenFrame } from "./OpenFrame";
import { Refusal } from "./Refusal";

/** E-mail address and password; afterwards, and for who is signed in already, the page that was asked for. */
export function Component() {
  const words = useWords(accountsWords);
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const signIn = useSignIn();
  const me = useAskMe();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ email, password }, { onSuccess: () => void navigate(nextPlace(search), { replace: true }) });
  };
  if (me.data !== undefined) return <Navigate to={nextPlace(search)} replace />;
  return (
    <OpenFrame title={words.signInTo}>
      <form onSubmit={send}>
        <Stack gap="md">
          {signIn.error !== null && <Refusal error={signIn.error} wrong={words.wrong} wrongHint={words.wrongHint} />}
          <TextInput
            label={words.email}
            type="email"
            autoComplete="username"
            autoFocus
            required
            withAsterisk={false}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={words.password}
            autoComplete="current-password"
            visibilityToggleButtonProps={{ "aria-label": words.showPassword }}
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" fullWidth loading={signIn.isPending}>
            {words.signIn}
          </Button>
          <Text size="xs" c="dimmed">
            {words.noAccount}
          </Text>
        </Stack>
      </form>
    </OpenFrame>
  );
}
