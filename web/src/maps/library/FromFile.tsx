import { Alert, Anchor, Button, FileButton, Group, Stack, Text } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { askAgain } from "../../base/api/askAgain";
import { ApiError } from "../../base/api/errors";
import type { ImportAnswer } from "../../base/api/schema.gen";
import { Failed } from "../../base/states/Failed";
import { useWords } from "../../base/words";
import { MAPS_KEY } from "../asking";
import { lossText } from "../losses";
import { mapsWords } from "../mapsWords";
import classes from "./FromFile.module.css";
import { type Existing, importFiles } from "./importFiles";

const ENDINGS = ".yaml,.yml,.json,.xlsx,.csv,.mmd,.xml";

/** Maps and other documents from files; says what a format could not carry over. */
export function FromFile() {
  const words = useWords(mapsWords);
  const client = useQueryClient();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [over, setOver] = useState(false);
  const take = useMutation({
    mutationFn: ({ chosen, existing }: { readonly chosen: readonly File[]; readonly existing: Existing }) =>
      importFiles(chosen, existing),
    onSuccess: () => askAgain(client, { queryKey: MAPS_KEY }),
  });
  const choose = (chosen: readonly File[]): void => {
    if (chosen.length === 0) return;
    setFiles(chosen);
    take.mutate({ chosen, existing: "refuse" });
  };
  const existing = take.error instanceof ApiError && take.error.code === "input.exists" ? take.error : undefined;
  return (
    <Stack>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping has a button beside it that does the same */}
      <div
        className={classes.drop}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          choose([...event.dataTransfer.files]);
        }}
      >
        <IconFileImport size={32} stroke={1.2} aria-hidden />
        <Text size="sm" c="dimmed" ta="center">
          {over ? words.dropped : words.fileHint}
        </Text>
        <FileButton onChange={choose} accept={ENDINGS} multiple>
          {(props) => (
            <Button {...props} variant="default" loading={take.isPending}>
              {words.chooseFile}
            </Button>
          )}
        </FileButton>
      </div>
      {existing !== undefined && (
        <Alert color="orange" title={words.existsTitle} role="alert">
          <Text size="sm">{existing.message}</Text>
          <Group mt="sm">
            <Button size="xs" onClick={() => take.mutate({ chosen: files, existing: "version" })}>
              {words.asVersion}
            </Button>
            <Button size="xs" variant="default" onClick={() => take.mutate({ chosen: files, existing: "copy" })}>
              {words.asCopy}
            </Button>
          </Group>
        </Alert>
      )}
      {take.error !== null && existing === undefined && <Failed error={take.error} />}
      {take.data !== undefined && <Taken found={take.data} />}
    </Stack>
  );
}

function Taken({ found }: { readonly found: ImportAnswer }) {
  const words = useWords(mapsWords);
  return (
    <Stack gap="xs" role="status">
      {found.documents.map((each) => (
        <Alert key={`${each.kind}/${each.id}`} color="teal" title={words.imported(each.file)}>
          {each.kind === "map" && (
            <Anchor component={Link} to={`/maps/${each.id}`} size="sm">
              {each.id}
            </Anchor>
          )}
          {each.kind === "persona" && (
            <Anchor component={Link} to={`/personas/${each.id}`} size="sm">
              {each.id}
            </Anchor>
          )}
          {each.losses.length > 0 && (
            <Text size="sm">
              {words.lossesTitle}: {lossText(each.losses)}
            </Text>
          )}
        </Alert>
      ))}
    </Stack>
  );
}
