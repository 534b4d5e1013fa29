import { Code, Stack, Table, Text } from "@mantine/core";
import type { EffortWeights, SettingsAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useMay } from "../base/me";
import { Asked } from "../base/states/Asked";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { useAskSettings } from "./asking";
import { Costs } from "./Costs";
import { Facts } from "./Facts";
import { Hours } from "./Hours";
import { Section } from "./Section";

const EFFORT = ["contact", "repeat", "switch", "transfer", "waiting_minute", "identification"] as const;

/** Costs, opening hours, contacts and effort, as the settings file says. */
export function CostsPanel() {
  const words = useWords(accountsWords);
  const mayChange = useMay("administer");
  return (
    <Asked query={useAskSettings()} lines={12}>
      {(settings) => (
        <Stack gap={40}>
          <Text size="sm" c="dimmed" maw={640}>
            {mayChange ? words.countsAtOnce : words.adminChanges}
          </Text>
          <Costs costs={settings.costs} />
          <Hours calendars={settings.calendars} timezone={settings.timezone} />
          <Contacts settings={settings} />
          <Effort effort={settings.effort} />
          <div>
            <Text size="sm">{words.whereToChange}</Text>
            <Code block my="xs" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
              {settings.file}
            </Code>
          </div>
        </Stack>
      )}
    </Asked>
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
