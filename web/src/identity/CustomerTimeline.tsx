import { Button, Center, Chip, Group, Stack, Text } from "@mantine/core";
import { useSearchParams } from "react-router";
import type { ChannelCount, TimelineEntry } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useMay } from "../base/me";
import { Empty } from "../base/states/Empty";
import { Failed } from "../base/states/Failed";
import { Loading } from "../base/states/Loading";
import { useWords } from "../base/words";
import { useZone } from "../base/zone";
import { useTimeline } from "./asking";
import classes from "./CustomerTimeline.module.css";
import { byDay, type Day, silenceBetween } from "./days";
import { identityWords } from "./identityWords";
import { LogDialog } from "./LogDialog";
import { Section } from "./Section";
import { TimelineRow } from "./TimelineRow";

/** Everything that happened, newest first, by day; the chosen channels are in the address. */
export function CustomerTimeline({ customer }: { readonly customer: string }) {
  const words = useWords(identityWords);
  const format = useFormat();
  const zone = useZone();
  const [search, setSearch] = useSearchParams();
  const channels = search.getAll("channel");
  const query = useTimeline(customer, channels);
  const pages = query.data?.pages;
  const first = pages?.[0];
  if (pages === undefined || first === undefined) {
    return query.error === null ? (
      <Loading lines={12} />
    ) : (
      <Failed error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  const entries = pages.flatMap((page) => page.entries);
  return (
    <Section
      title={words.timeline}
      aside={
        <Group gap="sm">
          <Text size="xs" c="dimmed" role="status">
            {words.shown(format.count(entries.length), format.count(first.total))}
          </Text>
          <LogButton customer={customer} />
        </Group>
      }
    >
      <Stack gap="sm">
        <Channels counts={first.channels} chosen={channels} onChoose={(chosen) => setSearch({ channel: chosen })} />
        {entries.length === 0 && <NothingThere filtered={channels.length > 0} />}
        {byDay(entries, zone).map((day, place, days) => (
          <div key={day.day} className={classes.day}>
            {channels.length === 0 && <Silence newer={days[place - 1]} older={day} />}
            <Text component="h4" size="xs" fw={600} className={classes.date}>
              {format.day(`${day.day}T12:00:00Z`)}
            </Text>
            <ol className={classes.list}>
              {day.entries.map((each) => (
                <TimelineRow key={each.arrival} entry={each} currency={first.currency} />
              ))}
            </ol>
          </div>
        ))}
        {entries.length > 0 && (
          <Center py="md">
            {query.hasNextPage ? (
              <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {words.older}
              </Button>
            ) : (
              <Text size="xs" c="dimmed">
                {words.thatIsAll}
              </Text>
            )}
          </Center>
        )}
        {query.isFetchNextPageError && <Failed error={query.error} onRetry={() => void query.fetchNextPage()} />}
      </Stack>
    </Section>
  );
}

function LogButton({ customer }: { readonly customer: string }) {
  const words = useWords(identityWords);
  const [params, setParams] = useSearchParams();
  const mayLog = useMay("log_interactions");
  if (!mayLog) return null;
  const set = (log: string | null) =>
    setParams(
      (before) => {
        before.delete("log");
        return log === null ? before : new URLSearchParams([...before, ["log", log]]);
      },
      { preventScrollReset: true, replace: log === null },
    );
  return (
    <>
      <Button size="compact-sm" variant="default" aria-haspopup="dialog" onClick={() => set("talk")}>
        {words.byHand.open}
      </Button>
      <LogDialog customer={customer} opened={params.has("log")} onClose={() => set(null)} />
    </>
  );
}

interface SilenceProps {
  readonly newer: Day<TimelineEntry> | undefined;
  readonly older: Day<TimelineEntry>;
}

/** That nothing was seen for long between two days: what happened there, no system has. */
function Silence({ newer, older }: SilenceProps) {
  const words = useWords(identityWords);
  const format = useFormat();
  const [last, first] = [newer?.entries.at(-1), older.entries[0]];
  const days = last && first && silenceBetween(last.occurred_at, first.occurred_at);
  if (days === undefined) return null;
  return (
    <Text size="xs" c="dimmed" className={classes.silence}>
      {words.silence(format.count(days))}
    </Text>
  );
}

function NothingThere({ filtered }: { readonly filtered: boolean }) {
  const words = useWords(identityWords);
  if (filtered) return <Empty title={words.nothingInChannels} />;
  return <Empty title={words.noInteractions}>{words.noInteractionsHint}</Empty>;
}

interface ChannelsProps {
  readonly counts: readonly ChannelCount[];
  readonly chosen: readonly string[];
  readonly onChoose: (chosen: string[]) => void;
}

function Channels({ counts, chosen, onChoose }: ChannelsProps) {
  const words = useWords(identityWords);
  const format = useFormat();
  if (counts.length < 2) return null;
  return (
    <Group gap={6} role="group" aria-label={words.channelFilter}>
      <Chip size="xs" variant="light" checked={chosen.length === 0} onChange={() => onChoose([])}>
        {words.allChannels}
      </Chip>
      <Chip.Group multiple value={[...chosen]} onChange={onChoose}>
        {counts.map((each) => (
          <Chip key={each.channel} size="xs" variant="light" value={each.channel}>
            {each.channel} {format.count(each.interactions)}
          </Chip>
        ))}
      </Chip.Group>
    </Group>
  );
}
