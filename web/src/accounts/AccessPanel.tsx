import { Table } from "@mantine/core";
import { IconShieldLock } from "@tabler/icons-react";
import type { AccessEvent } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Asked } from "../base/states/Asked";
import { Empty } from "../base/states/Empty";
import { WideTable } from "../base/WideTable";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { useAskEvents } from "./asking";
import { browserOf } from "./browserOf";
import { Section } from "./Section";
import type { AccountsWords } from "./words.en";

/** Of signing in the browser, in words; of everything else what the server says. */
function aboutOf(event: AccessEvent, words: AccountsWords): string {
  const known = event.what === "signed_in" ? browserOf(event.about) : null;
  return known === null ? event.about : words.on(known.browser, known.system);
}

/** What happened to access, the newest first. */
export function AccessPanel() {
  const words = useWords(accountsWords);
  return (
    <Section title={words.tabs.access} lead={words.accessLead}>
      <Asked query={useAskEvents()}>
        {(events) =>
          events.length === 0 ? (
            <Empty icon={<IconShieldLock size={38} stroke={1.2} />} title={words.noAccess} order={3}>
              {words.noAccessHint}
            </Empty>
          ) : (
            <Events events={events} />
          )
        }
      </Asked>
    </Section>
  );
}

function Events({ events }: { readonly events: readonly AccessEvent[] }) {
  const words = useWords(accountsWords);
  const format = useFormat();
  return (
    <WideTable label={words.tabs.access} width={760}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.when}</Table.Th>
          <Table.Th>{words.who}</Table.Th>
          <Table.Th>{words.what}</Table.Th>
          <Table.Th>{words.about}</Table.Th>
          <Table.Th>{words.address}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {events.map((each) => (
          <Table.Tr key={`${each.at} ${each.what} ${each.about}`}>
            <Table.Td style={{ whiteSpace: "nowrap" }}>{format.moment(each.at)}</Table.Td>
            <Table.Td>{each.who}</Table.Td>
            <Table.Td style={{ whiteSpace: "nowrap" }}>{words.happenings[each.what]}</Table.Td>
            <Table.Td maw={320} style={{ overflowWrap: "anywhere" }}>
              {aboutOf(each, words)}
            </Table.Td>
            <Table.Td>{each.address}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}
