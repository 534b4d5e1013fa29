import { Alert, Button, Group, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { answer, api } from "../../base/api/client";
import { ApiError } from "../../base/api/errors";
import type { DocumentAnswer } from "../../base/api/schema.gen";
import { Failed } from "../../base/states/Failed";
import { useWords } from "../../base/words";
import { mapsWords } from "../mapsWords";
import classes from "./NotSaved.module.css";

interface NotSavedProps {
  readonly id: string;
  readonly error: unknown;
  /** What is saved takes the place of what was typed. */
  readonly onLoaded: (saved: DocumentAnswer) => void;
}

/** Why a persona was not saved; where somebody else changed the same, what that was, and a way to load it. */
export function NotSaved({ id, error, onLoaded }: NotSavedProps) {
  const words = useWords(mapsWords);
  const load = useMutation({
    mutationFn: () =>
      answer(api.GET("/api/maps/documents/{kind}/{ident}", { params: { path: { kind: "persona", ident: id } } })),
    onSuccess: onLoaded,
  });
  if (!(error instanceof ApiError) || error.status !== 409) return <Failed error={error} />;
  return (
    <Alert color="orange" role="alert" title={words.conflictTitle}>
      <Text size="sm" className={classes.text}>
        {error.message}
      </Text>
      <Group mt="sm">
        <Button size="xs" loading={load.isPending} onClick={() => load.mutate()}>
          {words.loadTheirs}
        </Button>
      </Group>
    </Alert>
  );
}
