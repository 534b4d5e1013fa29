import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { ApiError } from "../base/api/errors";
import { useFormat } from "../base/format";
import { Empty } from "../base/states/Empty";
import { Failed } from "../base/states/Failed";
import { Loading } from "../base/states/Loading";
import { useWords } from "../base/words";
import { progressOf, questionKey } from "./asking";
import { journeysWords } from "./journeysWords";

interface WaitingProps<T> {
  readonly query: UseQueryResult<T>;
  /** Where it is asked: its progress is found by that. */
  readonly address: string;
  readonly children: (data: T) => ReactNode;
}

/** An answer, or while it is on its way how far it is, after a second with a way to stop it. */
export function Waiting<T>({ query, address, children }: WaitingProps<T>) {
  const words = useWords(journeysWords);
  if (query.data !== undefined) return children(query.data);
  const isStopped = query.isPending && query.fetchStatus === "idle";
  if (isStopped || (query.error instanceof ApiError && query.error.code === "question.cancelled")) {
    return (
      <Empty title={words.progress.cancelled}>
        <Stack align="center" gap="sm">
          {words.progress.cancelledHelp}
          <Button size="xs" variant="default" onClick={() => void query.refetch()}>
            {words.progress.again}
          </Button>
        </Stack>
      </Empty>
    );
  }
  if (query.error !== null && !query.isFetching)
    return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return <OnItsWay address={address} />;
}

function OnItsWay({ address }: { readonly address: string }) {
  const words = useWords(journeysWords);
  const format = useFormat();
  const client = useQueryClient();
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 1000);
    return () => clearTimeout(timer);
  }, []);
  const { data } = useQuery({
    queryKey: ["journeys", "progress", address],
    queryFn: async () => (await progressOf(address)) ?? null,
    enabled: isLong,
    refetchInterval: 400,
    gcTime: 0,
  });
  if (!isLong) return <Loading lines={7} />;
  const done = data?.done ?? null;
  const total = data?.total ?? null;
  const hasParts = done !== null && total !== null && total > 1;
  const share = hasParts ? (100 * done) / total : undefined;
  return (
    <Stack gap="xs" maw={460} py="lg" role="status">
      <Text size="sm">{data?.what === "waiting" ? words.progress.waiting : words.progress.working}</Text>
      <Progress value={share ?? 100} animated={share === undefined} size="sm" aria-label={words.progress.working} />
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          {hasParts && words.progress.parts(format.count(done), format.count(total))}
        </Text>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          onClick={() => void client.cancelQueries({ queryKey: questionKey(address) })}
        >
          {words.progress.cancel}
        </Button>
      </Group>
    </Stack>
  );
}
