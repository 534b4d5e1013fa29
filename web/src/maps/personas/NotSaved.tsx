import { Alert, Button, Group, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { answer, api } from "../../base/api/client";
import { ApiError } from "../../base/api/errors";
import type { DocumentAnswer } from "../../base/api/schema.gen";
import { Failed } from "../../base/states/Failed";
import { useWords } from "../../base/words";
import { useVersions } from "../asking";
import { mapsWords } from "../mapsWords";
import classes from "./NotSaved.module.css";

interface NotSavedProps {
  readonly id: string;
  readonly error: unknown;
  /** What was typed is saved although it was deleted meanwhile. */
  readonly onBringBack: () => void;
  /** What is saved takes the place of what was typed. */
  readonly onLoaded: (saved: DocumentAnswer) => void;
}

/** Why a persona was not saved; where somebody else changed the same or deleted it, what that was, and a way on. */
export function NotSaved({ id, error, onBringBack, onLoaded }: NotSavedProps) {
  const words = useWords(mapsWords);
  const load = useMutation({
    mutationFn: () =>
      answer(api.GET("/api/maps/documents/{kind}/{ident}", { params: { path: { kind: "persona", ident: id } } })),
    onSuccess: onLoaded,
  });
  const isConflict = error instanceof ApiError && error.status === 409;
  const versions = useVersions("persona", id, isConflict);
  if (!isConflict) return <Failed error={error} />;
  const isGone = versions.data?.versions[0]?.deleted === true;
  return (
    <Alert color="orange" role="alert" title={isGone ? words.goneTitle : words.conflictTitle}>
      <Text size="sm" className={classes.text}>
        {error.message}
      </Text>
      <Group mt="sm">
        {isGone ? (
          <Button size="xs" onClick={onBringBack}>
            {words.saveAnyway}
          </Button>
        ) : (
          <Button size="xs" loading={load.isPending || versions.isPending} onClick={() => load.mutate()}>
            {words.loadTheirs}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
