import { ActionIcon, Badge, Group, Menu, Select, Stack, Table, Text, VisuallyHidden } from "@mantine/core";
import { IconDots, IconLink, IconTrash } from "@tabler/icons-react";
import type { LinkMade, Person } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Failed } from "../base/states/Failed";
import { WideTable } from "../base/WideTable";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { ROLES, useAskAccount, useNewLink, useSetRole } from "./asking";

interface PeopleTableProps {
  readonly people: readonly Person[];
  readonly onLink: (made: LinkMade) => void;
  readonly onRemove: (person: Person) => void;
}

/** Who they are, what they may do, when they were last here. */
export function PeopleTable({ people, onLink, onRemove }: PeopleTableProps) {
  const words = useWords(accountsWords);
  const setting = useSetRole();
  const linking = useNewLink();
  const own = useAskAccount().data?.person;
  const failed = setting.error ?? linking.error;
  return (
    <Stack gap="sm">
      {failed !== null && <Failed error={failed} />}
      <WideTable label={words.tabs.people} width={620}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.name}</Table.Th>
            <Table.Th>{words.email}</Table.Th>
            <Table.Th w={160}>{words.role}</Table.Th>
            <Table.Th>{words.lastHere}</Table.Th>
            <Table.Th w={48}>
              <VisuallyHidden>{words.actions}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map((each) => (
            <Row
              key={each.person}
              person={each}
              own={each.person === own}
              onRole={(role) => setting.mutate({ person: each.person, role })}
              onLink={() => linking.mutate(each.person, { onSuccess: onLink })}
              onRemove={() => onRemove(each)}
            />
          ))}
        </Table.Tbody>
      </WideTable>
    </Stack>
  );
}

interface RowProps {
  readonly person: Person;
  readonly own: boolean;
  readonly onRole: (role: Person["role"]) => void;
  readonly onLink: () => void;
  readonly onRemove: () => void;
}

function Row({ person, own, onRole, onLink, onRemove }: RowProps) {
  const words = useWords(accountsWords);
  const format = useFormat();
  const seen = person.seen_at ?? null;
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs">
          <Text size="sm" span>
            {person.name}
          </Text>
          {own && <Mark>{words.you}</Mark>}
          {person.invited && <Mark>{words.invited}</Mark>}
        </Group>
      </Table.Td>
      <Table.Td>{person.email}</Table.Td>
      <Table.Td>
        <Select
          size="xs"
          variant="unstyled"
          aria-label={words.roleOf(person.name)}
          data={ROLES.map((each) => ({ value: each, label: words.roles[each] }))}
          value={person.role}
          allowDeselect={false}
          onChange={(value) => {
            const chosen = ROLES.find((each) => each === value);
            if (chosen !== undefined && chosen !== person.role) onRole(chosen);
          }}
        />
      </Table.Td>
      <Table.Td title={seen === null ? undefined : format.moment(seen)}>
        {seen === null ? words.never : format.ago(seen)}
      </Table.Td>
      <Table.Td>
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={words.moreFor(person.name)}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconLink size={16} />} onClick={onLink}>
              {words.newLink}
              <Text size="xs" c="dimmed">
                {words.newLinkHint}
              </Text>
            </Menu.Item>
            <Menu.Item leftSection={<IconTrash size={16} />} color="var(--mantine-color-error)" onClick={onRemove}>
              {words.remove}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Table.Td>
    </Table.Tr>
  );
}

function Mark({ children }: { readonly children: string }) {
  return (
    <Badge size="sm" variant="light" color="gray">
      {children}
    </Badge>
  );
}
