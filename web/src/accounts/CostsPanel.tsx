import { Code, Stack, Table, Text } from "@mantine/core";
import type { CalendarAnswer, CostsAnswer, EffortWeights, SettingsAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Asked } from "../base/states/Asked";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { useAskSettings } from "./asking";
import { Facts } from "./Facts";
import { useMoney } from "./money";
import { Section } from "./Section";

const EFFORT = ["contact", "repeat", "switch", "transfer", "waiting_minute", "identification"] as const;

/** Costs, opening hours, contacts and effort, as the settings file says. */
export function CostsPanel() {
  const words = useWords(accountsWords);
  return (
    <Asked query={useAskSettings()} lines={12}>
      {(settings) => (
        <Stack gap={40}>
          <div>
            <Text size="sm">{words.whereToChange}</Text>
            <Code block my="xs" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
              {settings.file}
            </Code>
            <Text size="sm" c="dimmed">
              {words.countsAtOnce}
            </Text>
          </div>
          <Costs costs={settings.costs} />
          <Hours calendar={settings.calendar ?? null} timezone={settings.timezone} />
          <Contacts settings={settings} />
          <Effort effort={settings.effort} />
        </Stack>
      )}
    </Asked>
  );
}

function Costs({ costs }: { readonly costs: CostsAnswer }) {
  const words = useWords(accountsWords);
  const money = useMoney(costs.currency);
  return (
    <Section title={words.costs} lead={costs.channels.length === 0 ? words.noCosts : words.costsLead}>
      {costs.channels.length > 0 && (
        <Table maw={560}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.channel}</Table.Th>
              <Table.Th ta="right">{words.perContact}</Table.Th>
              <Table.Th ta="right">{words.perMinute}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {costs.channels.map((each) => (
              <Table.Tr key={each.channel}>
                <Table.Td>{each.channel}</Table.Td>
                <Table.Td ta="right">{money(each.per_contact)}</Table.Td>
                <Table.Td ta="right">{money(each.per_minute)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  );
}

function Hours({ calendar, timezone }: { readonly calendar: CalendarAnswer | null; readonly timezone: string }) {
  const words = useWords(accountsWords);
  const format = useFormat();
  const holidays = calendar?.holidays.map((day) => format.day(`${day}T12:00:00Z`)).join(", ") ?? "";
  return (
    <Section title={words.hours} lead={calendar === null ? words.noHours : undefined}>
      <Facts
        facts={[
          [words.zone, calendar?.timezone ?? timezone],
          ...(calendar === null
            ? []
            : ([
                [words.openDays, calendar.days.map((day) => words.days[day]).join(", ")],
                [words.openFrom, `${calendar.opens} – ${calendar.closes}`],
                [words.holidays, holidays === "" ? words.noHolidays : holidays],
              ] as const)),
        ]}
      />
    </Section>
  );
}

function Contacts({ settings }: { readonly settings: SettingsAnswer }) {
  const words = useWords(accountsWords);
  return (
    <Section title={words.contacts}>
      <Facts
        facts={[
          [words.transferredTo, settings.transferred_to ?? words.notSet],
          [words.needs, settings.needs ?? words.notSet],
        ]}
      />
    </Section>
  );
}

function Effort({ effort }: { readonly effort: EffortWeights }) {
  const words = useWords(accountsWords);
  const format = useFormat();
  return (
    <Section title={words.effort} lead={words.effortLead}>
      <Table maw={560}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.what}</Table.Th>
            <Table.Th ta="right">{words.points}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {EFFORT.map((part) => (
            <Table.Tr key={part}>
              <Table.Td>{words.effortParts[part]}</Table.Td>
              <Table.Td ta="right">{format.number(effort[part] ?? null, 2)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}
