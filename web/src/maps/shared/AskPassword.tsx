import { Alert, Button, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { ApiError } from "../../base/api/errors";
import { useWords } from "../../base/words";
import { mapsWords } from "../mapsWords";

interface AskPasswordProps {
  readonly error: unknown;
  readonly busy: boolean;
  readonly onPassword: (password: string) => void;
}

/** The password of a link, before anything of its map is shown. */
export function AskPassword({ error, busy, onPassword }: AskPasswordProps) {
  const words = useWords(mapsWords);
  const [password, setPassword] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onPassword(password);
      }}
    >
      <Stack w={{ base: "90vw", xs: 340 }}>
        <Title order={1} size="h3">
          {words.sharedPassword}
        </Title>
        <Text size="sm" c="dimmed">
          {words.sharedPasswordHint}
        </Text>
        <PasswordInput
          label={words.password}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoFocus
          autoComplete="off"
          visibilityToggleButtonProps={{ "aria-label": words.showPassword }}
        />
        {error instanceof ApiError && (
          <Alert color="red" role="alert">
            {[error.message, error.hint].filter(Boolean).join(": ")}
          </Alert>
        )}
        <Button type="submit" loading={busy} disabled={password === ""}>
          {words.openIt}
        </Button>
      </Stack>
    </form>
  );
}
