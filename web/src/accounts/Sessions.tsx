import { Badge, Button, Group, Table, Text, VisuallyHidden } from "@mantine/core";
import { useNavigate } from "react-router";
import type { Session } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Asked } from "../base/states/Asked";
import { Failed } from "../base/states/Failed";
import { WideTable } from "../base/WideTable";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { useAskSessions, useEndSession, useSignOutEverywhere } from "./asking";
import { browserOf } from "./browserOf";
import { Section } from "./Section";

/** Where one is signed in, and how to end it. */
export function Sessions({ current }: { readonly current: number | null }) {
  const words = useWords(accountsWords);
  const navigate = useNavigate();
  const everywhere = useSignOutEverywhere();
  const signOut = () => everywhere.mutate(undefined, { onSuccess: () => void navigate("/sign-in") });
  return (
    <Section
      title={words.sessions}
      actions={
        <Button variant="default" size="xs" color="red" loading={everywhere.isPending} onClick={signOut}>
          {words.everywhere}
        </Button>
      }
    >
      {everywhere.error !== null && <Failed error={everywhere.error} />}
      <Asked query={useAskSessions()} lines={3}>
        {(sessions) => <SessionTable sessions={sessions} current={current} />}
      </Asked>
    </Section>
  );
}

function SessionTable({
  sessions,
  current,
}: {
  readonly sessions: readonly Session[];
  readonly current: number | null;
}) {
  const words = useWords(accountsWords);
  return (
    <WideTable label={words.sessions} width={560}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.browser}</Table.Th>
          <Table.Th>{words.address}</Table.Th>
          <Table.Th>{words.lastUsed}</Table.Th>
          <Table.Th>{words.ends}</Table.Th>
          <Table.Th w={110}>
            <VisuallyHidden>{words.actions}</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {sessions.map((each) => (
          <SessionRow key={each.session} session={each} here={each.session === current} />
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

function SessionRow({ session, here }: { readonly session: Session; readonly here: boolean }) {
  const words = useWords(accountsWords);
  const format = useFormat();
  const ending = useEndSession();
  const known = browserOf(session.agent);
  const browser = known === null ? words.unknownBrowser : words.on(known.browser, known.system);
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs">
          <Text size="sm" span title={session.agent}>
            {browser}
          </Text>
          {here && (
            <Badge size="sm" variant="light">
              {words.thisOne}
            </Badge>
          )}
        </Group>
      </Table.Td>
      <Table.Td>{session.address}</Table.Td>
      <Table.Td title={format.moment(session.seen_at)}>{format.ago(session.seen_at)}</Table.Td>
      <Table.Td>{format.day(session.ends_at)}</Table.Td>
      <Table.Td ta="right">
        {!here && (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={words.endSessionOf(browser)}
            loading={ending.isPending}
            onClick={() => ending.mutate(session.session)}
          >
            {words.endSession}
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
