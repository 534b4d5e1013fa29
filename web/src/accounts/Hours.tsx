import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { CalendarsAnswer, NamedCalendarAnswer } from "../base/api/schema.gen";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { CalendarDrawer } from "./CalendarDrawer";
import { CalendarFacts } from "./CalendarFacts";
import { Section } from "./Section";
import { useChange } from "./useChange";

interface HoursProps {
  readonly calendars: CalendarsAnswer;
  /** Of the workspace. */
  readonly timezone: string;
}

/** When the company is open, and the calendars of channels and teams; an admin changes them. */
export function Hours({ calendars, timezone }: HoursProps) {
  const words = useWords(accountsWords);
  const { mayChange, isOpen, which, open, close } = useChange("hours");
  const { company, named } = calendars;
  return (
    <Section
      title={words.hours}
      lead={company !== null ? words.hoursLead : named.length > 0 ? words.noHoursForRest : words.noHours}
      actions={
        mayChange && (
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => open("")}
            >
              {words.addCalendar}
            </Button>
            <Button size="xs" variant="default" onClick={() => open()} aria-label={words.changeHours}>
              {words.change}
            </Button>
          </Group>
        )
      }
    >
      {company !== null && <CalendarFacts hours={company} />}
      {named.map((each) => (
        <NamedCalendar key={each.name} calendar={each} onChange={mayChange ? () => open(each.name) : undefined} />
      ))}
      {isOpen && (
        <CalendarDrawer key={which ?? " "} calendars={calendars} timezone={timezone} name={which} onClose={close} />
      )}
    </Section>
  );
}

interface NamedCalendarProps {
  readonly calendar: NamedCalendarAnswer;
  readonly onChange: (() => void) | undefined;
}

function NamedCalendar({ calendar, onChange }: NamedCalendarProps) {
  const words = useWords(accountsWords);
  return (
    <Stack gap={4} mt="sm">
      <Group justify="space-between" align="flex-end" gap="xs">
        <div>
          <Title order={3} size="h6">
            {calendar.name}
          </Title>
          <Text size="sm" c="dimmed">
            {words.holdsFor(calendar.channels, calendar.teams)}
          </Text>
        </div>
        {onChange !== undefined && (
          <Button size="xs" variant="default" onClick={onChange} aria-label={words.changeCalendar(calendar.name)}>
            {words.change}
          </Button>
        )}
      </Group>
      <CalendarFacts hours={calendar.hours} />
    </Stack>
  );
}
