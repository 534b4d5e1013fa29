import { Button, Code, Modal, Stack, Table, Text, VisuallyHidden } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useState } from "react";
import type { AccessKey, KeyMade } from "../base/api/schema.gen";
import { baseWords } from "../base/baseWords";
import { useFormat } from "../base/format";
import { Sure } from "../base/Sure";
import { Asked } from "../base/states/Asked";
import { Empty } from "../base/states/Empty";
import { WideTable } from "../base/WideTable";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { useAskKeys, useRevokeKey } from "./asking";
import { KeyForm } from "./KeyForm";
import { Section } from "./Section";
import { ShownOnce } from "./ShownOnce";

/** The keys with which programs ask. */
export function KeysPanel() {
  const words = useWords(accountsWords);
  const [making, setMaking] = useState<"no" | "form" | KeyMade>("no");
  const [leaving, setLeaving] = useState<AccessKey | null>(null);
  return (
    <Section
      title={words.tabs.keys}
      lead={words.keysLead}
      actions={
        <Button size="xs" leftSection={<IconKey size={16} />} aria-haspopup="dialog" onClick={() => setMaking("form")}>
          {words.makeKey}
        </Button>
      }
    >
      <Asked query={useAskKeys()}>
        {(keys) =>
          keys.length === 0 ? (
            <Empty order={3} icon={<IconKey size={40} stroke={1.2} />} title={words.noKeys}>
              {words.noKeysHint}
            </Empty>
          ) : (
            <KeyTable keys={keys} onRevoke={setLeaving} />
          )
        }
      </Asked>
      <KeyWindow making={making} onMade={setMaking} onClose={() => setMaking("no")} />
      {leaving !== null && <Revocation accessKey={leaving} onClose={() => setLeaving(null)} />}
    </Section>
  );
}

interface KeyWindowProps {
  readonly making: "no" | "form" | KeyMade;
  readonly onMade: (made: KeyMade) => void;
  readonly onClose: () => void;
}

function KeyWindow({ making, onMade, onClose }: KeyWindowProps) {
  const words = useWords(accountsWords);
  const { close } = useWords(baseWords);
  const made = typeof making === "string" ? null : making;
  return (
    <Modal
      opened={making !== "no"}
      onClose={onClose}
      size="lg"
      title={made === null ? words.makeKey : words.keyMade(made.key.name)}
      closeButtonProps={{ "aria-label": close }}
    >
      {making === "form" && <KeyForm onMade={onMade} />}
      {made !== null && (
        <ShownOnce lead={words.keyLead} secret={made.text} onDone={onClose}>
          <Stack gap={4}>
            <Text size="xs" c="dimmed">
              {words.keyTry}
            </Text>
            <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
              {`curl -H "Authorization: Bearer ${made.text}" ${window.location.origin}/api/accounts/me`}
            </Code>
          </Stack>
        </ShownOnce>
      )}
    </Modal>
  );
}

interface KeyTableProps {
  readonly keys: readonly AccessKey[];
  readonly onRevoke: (key: AccessKey) => void;
}

function KeyTable({ keys, onRevoke }: KeyTableProps) {
  const words = useWords(accountsWords);
  const format = useFormat();
  return (
    <WideTable label={words.tabs.keys} width={680}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.name}</Table.Th>
          <Table.Th>{words.begins}</Table.Th>
          <Table.Th>{words.role}</Table.Th>
          <Table.Th>{words.made}</Table.Th>
          <Table.Th>{words.madeBy}</Table.Th>
          <Table.Th>{words.lastUsed}</Table.Th>
          <Table.Th w={110}>
            <VisuallyHidden>{words.actions}</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {keys.map((each) => (
          <Table.Tr key={each.key}>
            <Table.Td>{each.name}</Table.Td>
            <Table.Td>
              <Code>{each.prefix}…</Code>
            </Table.Td>
            <Table.Td>{words.roles[each.role]}</Table.Td>
            <Table.Td>{format.day(each.made_at)}</Table.Td>
            <Table.Td>{each.made_by}</Table.Td>
            <Table.Td>{each.used_at == null ? words.never : format.ago(each.used_at)}</Table.Td>
            <Table.Td ta="right">
              <Button
                size="compact-xs"
                variant="subtle"
                color="red"
                aria-label={words.revokeLabel(each.name)}
                onClick={() => onRevoke(each)}
              >
                {words.revoke}
              </Button>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

function Revocation({ accessKey, onClose }: { readonly accessKey: AccessKey; readonly onClose: () => void }) {
  const words = useWords(accountsWords);
  const revoking = useRevokeKey();
  return (
    <Sure
      title={words.revokeKey(accessKey)}
      hint={words.revokeHint}
      action={words.revoke}
      busy={revoking.isPending}
      error={revoking.error}
      onDo={() => revoking.mutate(accessKey.key, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}
