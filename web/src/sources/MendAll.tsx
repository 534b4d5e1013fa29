import { Button, Group, Paper, SegmentedControl, Stack, Text } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import type { AttemptAnswer, CorrectionBody, WaitingRow } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Sure } from "../base/Sure";
import { Failed } from "../base/states/Failed";
import { useWords } from "../base/words";
import { type Attempt, useAttempt, useGiveUp } from "./askingQuarantine";
import { CorrectionFields, type CorrectionText } from "./CorrectionFields";
import { Foreseen } from "./Foreseen";
import { MendingProgress } from "./MendingProgress";
import { sourcesWords } from "./sourcesWords";

interface MendAllProps {
  readonly source: string;
  readonly reason: string | undefined;
  readonly waiting: number;
  /** Those that are loaded: their columns and values are offered. */
  readonly rows: readonly WaitingRow[];
}

const WAYS = ["set", "replace", "again", "giveUp"] as const;
type Way = (typeof WAYS)[number];

/** What can be done with all rows of a source that wait for a reason, looked at before it is done. */
export function MendAll({ source, reason, waiting, rows }: MendAllProps) {
  const words = useWords(sourcesWords).all;
  const format = useFormat();
  const narrow = useMediaQuery("(max-width: 36em)") ?? false;
  const readable = reason !== "unreadable_row";
  const [way, setWay] = useState<Way>(readable ? "again" : "giveUp");
  const [said, setSaid] = useState<CorrectionText>({ column: "", of: "", value: "" });
  const preview = useAttempt("preview");
  const replay = useAttempt("replay");
  const giveUp = useGiveUp();
  const [isAsking, { open: ask, close }] = useDisclosure(false);
  const busy = preview.isPending || replay.isPending || giveUp.isPending;
  const attempt: Attempt = { source, reason: reason ?? null, correction: correctionOf(way, said) };
  const error = preview.error ?? replay.error;

  function change(part: Partial<CorrectionText>) {
    setSaid({ ...said, ...part });
    forget();
  }

  function forget() {
    for (const each of [preview, replay, giveUp]) each.reset();
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    replay.reset();
    preview.mutate(attempt);
  }

  function tell({ stored, quarantined }: AttemptAnswer) {
    preview.reset();
    notifications.show({ message: words.done(format.count(stored), format.count(quarantined)), color: "path" });
  }

  function leave() {
    const onSuccess = (left: { readonly rows: number }) => {
      close();
      notifications.show({ message: words.givenUp(format.count(left.rows)), color: "path" });
    };
    giveUp.mutate({ source, reason: reason ?? null }, { onSuccess });
  }

  return (
    <Paper withBorder p="md" component="section" aria-label={words.title(format.count(waiting))}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text fw={550}>{words.title(format.count(waiting))}</Text>
          <SegmentedControl
            size="xs"
            orientation={narrow ? "vertical" : "horizontal"}
            style={{ alignSelf: "flex-start", maxWidth: "100%" }}
            aria-label={words.ways}
            data={WAYS.filter((each) => readable || each === "giveUp").map((value) => ({
              value,
              label: words.way[value],
            }))}
            value={way}
            onChange={(chosen) => {
              setWay(WAYS.find((each) => each === chosen) ?? "again");
              forget();
            }}
          />
          <Text size="xs" c="dimmed">
            {words.hints[way]}
          </Text>
          {(way === "set" || way === "replace") && (
            <CorrectionFields ofOne={way === "replace"} said={said} rows={rows} onChange={change} />
          )}
          <Group>
            {way === "giveUp" ? (
              <Button size="xs" color="red" variant="light" aria-haspopup="dialog" onClick={ask}>
                {words.giveUp(format.count(waiting))}
              </Button>
            ) : (
              <Button
                type="submit"
                size="xs"
                variant="default"
                disabled={busy || ((way === "set" || way === "replace") && said.column === "")}
              >
                {words.look}
              </Button>
            )}
          </Group>
          {(preview.isPending || replay.isPending) && <MendingProgress />}
          {preview.data !== undefined && !replay.isPending && (
            <Foreseen found={preview.data} onDo={() => replay.mutate(attempt, { onSuccess: tell })} />
          )}
          {error !== null && <Failed error={error} />}
        </Stack>
      </form>
      {isAsking && (
        <Sure
          title={words.giveUpSure(format.count(waiting))}
          hint={words.giveUpHint(format.count(waiting))}
          action={words.giveUp(format.count(waiting))}
          busy={giveUp.isPending}
          error={giveUp.error}
          onDo={leave}
          onClose={() => {
            giveUp.reset();
            close();
          }}
        />
      )}
    </Paper>
  );
}

function correctionOf(way: Way, said: CorrectionText): CorrectionBody | null {
  if (way === "set") return { column: said.column, value: said.value, of: null };
  return way === "replace" ? { column: said.column, value: said.value, of: said.of } : null;
}
