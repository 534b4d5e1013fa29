import { Alert, Group, Stack, Table, Text } from "@mantine/core";
import { IconCheck, IconInfoCircle, IconMinus } from "@tabler/icons-react";
import type { Me, Right } from "../base/api/schema.gen";
import { Asked } from "../base/states/Asked";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { useAskAccount } from "./asking";
import { PasswordForm } from "./PasswordForm";
import { Section } from "./Section";
import { Sessions } from "./Sessions";

const RIGHTS: readonly Right[] = ["look", "draw", "see_customers", "log_interactions", "change_data", "administer"];

/** Who one is, what one may do, where one is signed in. */
export function AccountPanel() {
  const words = useWords(accountsWords);
  return (
    <Asked query={useAskAccount()}>
      {(me) => (
        <Stack gap={40}>
          {me.way === "demo" && (
            <Alert variant="light" icon={<IconInfoCircle />} title={words.inDemo}>
              {words.inDemoHint}
            </Alert>
          )}
          <Identity me={me} />
          {me.way === "session" && <PasswordForm email={me.email ?? ""} />}
          {me.way === "session" && <Sessions current={me.session ?? null} />}
        </Stack>
      )}
    </Asked>
  );
}

function Identity({ me }: { readonly me: Me }) {
  const words = useWords(accountsWords);
  return (
    <Section
      title={me.name}
      lead={[me.email, words.roles[me.role]].filter((each) => each !== null && each !== undefined).join(" · ")}
    >
      <Table maw={560} highlightOnHover={false} withRowBorders>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.youMay}</Table.Th>
            <Table.Th w={100}>{words.allowed}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {RIGHTS.map((right) => (
            <Table.Tr key={right}>
              <Table.Td>{words.rights[right]}</Table.Td>
              <Table.Td>
                <May yes={me.rights.includes(right)} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  );
}

function May({ yes }: { readonly yes: boolean }) {
  const words = useWords(accountsWords);
  const Icon = yes ? IconCheck : IconMinus;
  return (
    <Group gap={6} wrap="nowrap" {...(yes ? {} : { c: "dimmed" })}>
      <Icon size={16} aria-hidden />
      <Text size="sm" span>
        {yes ? words.may : words.mayNot}
      </Text>
    </Group>
  );
}
