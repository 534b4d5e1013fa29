import { Button, Center, Group, Stack, Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useSearchParams } from "react-router";
import type { WaitingReason, WaitingRow } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useMay } from "../base/me";
import { Empty } from "../base/states/Empty";
import { Failed } from "../base/states/Failed";
import { Loading } from "../base/states/Loading";
import { useWords } from "../base/words";
import { useQuarantine, type WaitingFilter } from "./asking";
import { DataPage } from "./DataPage";
import { MendAll } from "./MendAll";
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
      {filter.reason === undefined && first.unusable > first.waiting && (
        <Text size="xs" c="dimmed" maw={720}>
          {words.fewerWait(format.count(first.unusable), format.count(first.waiting))}
        </Text>
      )}
      <AllOfThem reasons={first.reasons} filter={filter} rows={rows} waiting={first.waiting} />
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

interface AllOfThemProps {
  readonly reasons: readonly WaitingReason[];
  readonly filter: WaitingFilter;
  readonly rows: readonly WaitingRow[];
  readonly waiting: number;
}

/** Mending all rows at once, for one source; where several have rows that wait, one has to be chosen. */
function AllOfThem({ reasons, filter, rows, waiting }: AllOfThemProps) {
  const words = useWords(sourcesWords);
  const mayMend = useMay("change_data");
  const sources = new Set(reasons.map((each) => each.source));
  const source = filter.source ?? (sources.size === 1 ? [...sources][0] : undefined);
  if (!mayMend || waiting === 0) return null;
  if (source === undefined) {
    return (
      <Text size="xs" c="dimmed">
        {words.all.chooseSource}
      </Text>
    );
  }
  return (
    <MendAll
      key={`${source} ${filter.reason ?? ""}`}
      source={source}
      reason={filter.reason}
      waiting={waiting}
      rows={rows}
    />
  );
}
