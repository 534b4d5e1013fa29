import { Alert, Anchor, Button, Group, List, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { askAgain } from "../../../base/api/askAgain";
import { answer, api } from "../../../base/api/client";
import { baseWords } from "../../../base/baseWords";
import { Failed } from "../../../base/states/Failed";
import { useWords } from "../../../base/words";
import { MAPS_KEY } from "../../asking";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { useStanding } from "../reading";
import { Collisions } from "./Collisions";

/** What stands between what is written and its being saved: the map is gone, the server refuses, something breaks the schema. */
export function Notices() {
  const words = useWords(editorWords);
  const { status, line, complaint } = useStanding();
  if (status?.deleted === true) return <Deleted author={status.author ?? "?"} />;
  return (
    <>
      {line === "refused" && <Refused />}
      <Collisions />
      {complaint !== undefined && line !== "refused" && (
        <Alert color="orange" role="alert">
          {complaint}
        </Alert>
      )}
      {status !== undefined && status.problems.length > 0 && (
        <Alert color="orange" title={words.problems(status.problems.length)} role="status">
          <List size="sm">
            {status.problems.slice(0, 4).map((each) => (
              <List.Item key={`${each.where} ${each.message}`}>
                <Text size="sm" component="span" fw={550}>
                  {each.where}
                </Text>
                : {each.message}
              </List.Item>
            ))}
          </List>
          <Text size="xs" c="dimmed" mt={4}>
            {words.problemsHint}
          </Text>
        </Alert>
      )}
    </>
  );
}

/** This person may not come in, or not any more; who signs in again in another window goes on here. */
function Refused() {
  const words = useWords(editorWords);
  const { signInAgain } = useWords(baseWords);
  const { session } = useEditor();
  return (
    <Alert color="red" title={words.refused} role="alert">
      <Group justify="space-between">
        <Text size="sm">{words.refusedHint}</Text>
        <Group gap="sm">
          <Anchor href="/sign-in" target="_blank" size="sm">
            {signInAgain}
          </Anchor>
          <Button size="xs" variant="default" onClick={session.connection.retry}>
            {words.retry}
          </Button>
        </Group>
      </Group>
    </Alert>
  );
}

/** The map was deleted meanwhile: what is written can become another one. */
function Deleted({ author }: { readonly author: string }) {
  const words = useWords(editorWords);
  const { session, mayWrite } = useEditor();
  const navigate = useNavigate();
  const client = useQueryClient();
  const copy = useMutation({
    mutationFn: async () => {
      if (!(await session.connection.whenKept())) throw new Error(words.copyOffline);
      const params = { path: { ident: session.map } };
      return answer(api.POST("/api/maps/map/{ident}/together/copy", { params, body: { id: null } }));
    },
    onSuccess: async ({ id }) => {
      await navigate(`/maps/${id}/edit`);
      await askAgain(client, { queryKey: MAPS_KEY });
    },
  });
  return (
    <Alert color="red" title={words.deleted(author)} role="alert">
      <Group justify="space-between">
        <Text size="sm">{words.deletedHint}</Text>
        {mayWrite && (
          <Button size="xs" loading={copy.isPending} onClick={() => copy.mutate()}>
            {words.saveAsNew}
          </Button>
        )}
      </Group>
      {copy.error !== null && <Failed error={copy.error} />}
    </Alert>
  );
}
