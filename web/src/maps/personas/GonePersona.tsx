import { Button, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { askAgain } from "../../base/api/askAgain";
import { answer, api } from "../../base/api/client";
import { useFormat } from "../../base/format";
import { useMay } from "../../base/me";
import { Page } from "../../base/Page";
import { Failed } from "../../base/states/Failed";
import { useWords } from "../../base/words";
import { MAPS_KEY, useVersions } from "../asking";
import { mapsWords } from "../mapsWords";

interface GonePersonaProps {
  readonly id: string;
  readonly error: unknown;
  readonly back: ReactNode;
}

/** Why a persona cannot be shown; one that was deleted can be brought back. */
export function GonePersona({ id, error, back }: GonePersonaProps) {
  const words = useWords(mapsWords);
  const format = useFormat();
  const draws = useMay("draw");
  const client = useQueryClient();
  const versions = useVersions("persona", id, draws).data?.versions ?? [];
  const last = versions.find((each) => !each.deleted)?.version;
  const restore = useMutation({
    mutationFn: (version: number) =>
      answer(
        api.POST("/api/maps/documents/{kind}/{ident}/restore", {
          params: { path: { kind: "persona", ident: id } },
          body: { version },
        }),
      ),
    onSuccess: () => askAgain(client, { queryKey: MAPS_KEY }),
  });
  const [newest] = versions;
  if (newest?.deleted !== true || last === undefined) return <Failed error={error} isPage />;
  return (
    <Page title={words.goneTitle} lead={back} width={760}>
      <Stack align="flex-start">
        <Text size="sm">{words.goneBy(newest.author, format.moment(newest.saved_at))}</Text>
        {restore.error !== null && <Failed error={restore.error} />}
        <Button loading={restore.isPending} onClick={() => restore.mutate(last)}>
          {words.bringBack}
        </Button>
      </Stack>
    </Page>
  );
}
