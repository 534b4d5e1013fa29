import { Button, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { CostsAnswer } from "../base/api/schema.gen";
import { isChanged } from "../base/unsaved/isChanged";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { CostsForm } from "./CostsForm";
import { useMoney } from "./money";
import { Section } from "./Section";
import { SettingsDrawer } from "./SettingsDrawer";
import { costsDraft } from "./settingsDraft";
import { useChange } from "./useChange";

/** What contacts cost in each channel; an admin changes it. */
export function Costs({ costs }: { readonly costs: CostsAnswer }) {
  const words = useWords(accountsWords);
  const { mayChange, isOpen, open, close } = useChange("costs");
  return (
    <Section
      title={words.costs}
      lead={costs.channels.length === 0 ? words.noCosts : words.costsLead}
      actions={
        mayChange && (
          <Button
            size="xs"
            variant="default"
            onClick={() => open()}
            aria-haspopup="dialog"
            aria-label={words.changeCosts}
          >
            {words.change}
          </Button>
        )
      }
    >
      {costs.channels.length > 0 && <CostsTable costs={costs} />}
      {isOpen && <CostsDrawer costs={costs} onClose={close} />}
    </Section>
  );
}

function CostsTable({ costs }: { readonly costs: CostsAnswer }) {
  const words = useWords(accountsWords);
  const money = useMoney(costs.currency);
  return (
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
  );
}

function CostsDrawer({ costs, onClose }: { readonly costs: CostsAnswer; readonly onClose: () => void }) {
  const words = useWords(accountsWords);
  const [begun, setBegun] = useState(() => costsDraft(costs));
  const [draft, setDraft] = useState(begun);
  const [revision, setRevision] = useState(costs.revision);
  const takeTheirs = () => {
    const theirs = costsDraft(costs);
    setBegun(theirs);
    setDraft(theirs);
    setRevision(costs.revision);
  };
  return (
    <SettingsDrawer title={words.changeCosts} isUnsaved={isChanged(begun, draft)} onClose={onClose}>
      <CostsForm
        draft={draft}
        revision={revision}
        revisionNow={costs.revision}
        now={costs.channels.length === 0 ? <Text size="sm">{words.noCosts}</Text> : <CostsTable costs={costs} />}
        onDraft={setDraft}
        onTakeTheirs={takeTheirs}
        onClose={onClose}
      />
    </SettingsDrawer>
  );
}
