import { Alert, Button, Center, Group, Stack, Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useSearchParams } from "react-router";
import { useFormat } from "../base/format";
import { useMay } from "../base/me";
import { Empty } from "../base/states/Empty";
import { Failed } from "../base/states/Failed";
import { Loading } from "../base/states/Loading";
import { useWords } from "../base/words";
import { useQuarantine, useReplay, type WaitingFilter } from "./asking";
import { DataPage } from "./DataPage";
import classes from "./Quarantine.module.css";
import { sourcesWords } from "./sourcesWords";
import { WaitingReasons } from "./WaitingReasons";
import { WaitingRowItem } from "./WaitingRowItem";

/** `/data/quarantine`: rows that could not be used, by source and reason, to be mended and fed back. */
export function Component() {
  const words = useWords(sourcesWords);
  return (
    <DataPage part="quarantine">
      <Stack gap="md">
        <Text size="sm" c="dimmed" maw={720}>
          {words.quarantineLead}
        </Text>
        <Quarantine />
      </Stack>
    </DataPage>
  );
}

function Quarantine() {
  const words = useWords(sourcesWords);
  const format = useFormat();
  const [search, setSearch] = useSearchParams();
  const filter: WaitingFilter = {
    source: search.get("source") ?? undefined,
    reason: search.get("reason") ?? undefined,
  };
  const query = useQuarantine(filter);
  const first = query.data?.pages[0];
  if (first === undefined) {
    return query.error === null ? <Loading /> : <Failed error={query.error} onRetry={() => void query.refetch()} />;
  }
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  if (first.reasons.length === 0) {
    return (
      <Empty icon={<IconCircleCheck size={36} stroke={1.3} />} title={words.nothingWaits}>
        {words.nothingWaitsHint}
      </Empty>
    );
  }
  return (
    <>
      <WaitingReasons
        reasons={first.reasons}
        filter={filter}
        onChoose={(chosen) => setSearch(said(chosen), { replace: true })}
      />
      {filter.source !== undefined && <Replay source={filter.source} />}
      {rows.length === 0 && <Empty title={words.nothingWaitsChosen} />}
      <ul className={classes.list}>
        {rows.map((row) => (
          <WaitingRowItem key={row.id} row={row} />
        ))}
      </ul>
      <Center>
        <Group>
          <Text size="xs" c="dimmed" role="status">
            {words.waitingOf(format.count(rows.length), format.count(first.waiting))}
          </Text>
          {query.hasNextPage && (
            <Button
              size="xs"
              variant="default"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {words.more}
            </Button>
          )}
        </Group>
      </Center>
    </>
  );
}

function said({ source, reason }: WaitingFilter): Record<string, string> {
  return { ...(source === undefined ? {} : { source }), ...(reason === undefined ? {} : { reason }) };
}

function Replay({ source }: { readonly source: string }) {
  const words = useWords(sourcesWords);
  const format = useFormat();
  const replay = useReplay();
  const mayMend = useMay("change_data");
  if (!mayMend) return null;
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Button size="xs" variant="default" loading={replay.isPending} onClick={() => replay.mutate(source)}>
          {words.replayAll(source)}
        </Button>
        <Text size="xs" c="dimmed">
          {words.replayHint}
        </Text>
      </Group>
      {replay.data !== undefined && (
        <Alert variant="light" role="status">
          {words.replayed(format.count(replay.data.stored), format.count(replay.data.quarantined))}
        </Alert>
      )}
      {replay.error !== null && <Failed error={replay.error} />}
    </Stack>
  );
}
