import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconLock, IconLogout, IconPlugConnectedX } from "@tabler/icons-react";
import { ApiError, SMALL_GROUP } from "../api/errors";
import { baseWords } from "../baseWords";
import { useWords } from "../words";

interface FailedProps {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
  /** Where it is the whole page, its title is the page's heading. */
  readonly isPage?: boolean;
}

/** What went wrong, what helps, and a way to try again. */
export function Failed({ error, onRetry, isPage = false }: FailedProps) {
  const words = useWords(baseWords);
  const told = tell(error, words);
  const title = isPage ? (
    <Text component="h1" inherit>
      {told.title}
    </Text>
  ) : (
    told.title
  );
  return (
    <Alert role="alert" color={told.color} icon={told.icon} title={title} variant="light">
      <Stack gap="xs">
        {told.message !== "" && (
          <Text size="sm" style={{ whiteSpace: "pre-line" }}>
            {told.message}
          </Text>
        )}
        {told.hint !== undefined && (
          <Text size="sm" c="dimmed">
            {told.hint}
          </Text>
        )}
        {isSignedOut(error) && (
          <Anchor href="/sign-in" target="_blank" size="sm">
            {words.signInAgain}
          </Anchor>
        )}
        {onRetry !== undefined && !isRefused(error) && (
          <Group>
            <Button size="xs" variant="default" onClick={onRetry}>
              {words.retry}
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}

/** Asking the same again brings the same. */
function isRefused(error: unknown): boolean {
  return error instanceof ApiError && error.status === 403;
}

interface Told {
  readonly title: string;
  readonly message: string;
  readonly hint: string | undefined;
  readonly color: string;
  readonly icon: React.ReactNode;
}

function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

function tell(error: unknown, words: (typeof baseWords)["en"]): Told {
  const known = error instanceof ApiError ? error : new ApiError(-1, "unknown", String(error));
  if (known.status === 0) {
    return { title: words.offline, message: "", hint: words.offlineHint, color: "gray", icon: <IconPlugConnectedX /> };
  }
  if (known.code === "access.denied") {
    return { title: words.forbidden, message: "", hint: words.forbiddenHint, color: "gray", icon: <IconLock /> };
  }
  if (isSignedOut(error)) {
    return { title: words.signedOut, message: "", hint: words.signedOutHint, color: "gray", icon: <IconLogout /> };
  }
  if (known.code === SMALL_GROUP) {
    return { title: words.smallGroup, message: known.message, hint: known.hint, color: "gray", icon: <IconLock /> };
  }
  return {
    title: words.failed,
    message: known.message,
    hint: known.hint,
    color: "red",
    icon: <IconAlertTriangle />,
  };
}
