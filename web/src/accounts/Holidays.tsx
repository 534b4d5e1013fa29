import { ActionIcon, Button, Group, Input, Popover, Stack, Text, TextInput } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { IconCalendarPlus, IconX } from "@tabler/icons-react";
import type { ClosedDay } from "../base/api/schema.gen";
import { baseWords } from "../base/baseWords";
import calendar from "../base/Calendar.module.css";
import { useLanguage, useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { useDayText } from "./dayText";
import classes from "./Holidays.module.css";
import "@mantine/dates/styles.css";
import "dayjs/locale/de";

interface HolidaysProps {
  readonly days: readonly ClosedDay[];
  /** Those of the company, to be taken over; none in its own form. */
  readonly ofCompany: readonly ClosedDay[];
  readonly onDays: (days: readonly ClosedDay[]) => void;
}

/** The days that are closed, picked from a calendar, with what people call them. */
export function Holidays({ days, ofCompany, onDays }: HolidaysProps) {
  const words = useWords(accountsWords);
  const base = useWords(baseWords);
  const language = useLanguage();
  const told = useDayText();
  const known = days.map((each) => each.day);
  const missing = ofCompany.filter((each) => !known.includes(each.day));
  const pick = (picked: readonly string[]) =>
    onDays(inOrder(picked.map((day) => days.find((each) => each.day === day) ?? { day, name: "" })));
  return (
    <Input.Wrapper label={words.holidays} description={words.holidaysHelp} labelElement="div">
      <Stack gap="xs" mt={6} align="flex-start">
        {days.map((each) => (
          <div key={each.day} className={classes.day}>
            <Text size="sm">{told(each.day)}</Text>
            <TextInput
              size="xs"
              maxLength={100}
              placeholder={words.holidayName}
              aria-label={words.holidayNameOf(told(each.day))}
              value={each.name ?? ""}
              onChange={({ currentTarget: { value } }) =>
                onDays(days.map((other) => (other.day === each.day ? { ...other, name: value } : other)))
              }
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={words.removeHoliday(told(each.day))}
              onClick={() => onDays(days.filter((other) => other.day !== each.day))}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
        ))}
        <Group gap="xs">
          <Popover position="bottom-start" trapFocus>
            <Popover.Target>
              <Button size="xs" variant="default" leftSection={<IconCalendarPlus size={14} aria-hidden />}>
                {words.pickHolidays}
              </Button>
            </Popover.Target>
            <Popover.Dropdown>
              <DatePicker
                type="multiple"
                size="sm"
                locale={language}
                value={known}
                onChange={pick}
                aria-label={words.holidays}
                ariaLabels={base.calendar}
                classNames={{ day: calendar.day ?? "" }}
              />
            </Popover.Dropdown>
          </Popover>
          {missing.length > 0 && (
            <Button size="xs" variant="subtle" onClick={() => onDays(inOrder([...days, ...missing]))}>
              {words.takeHolidays(missing.length)}
            </Button>
          )}
        </Group>
      </Stack>
    </Input.Wrapper>
  );
}

function inOrder(days: readonly ClosedDay[]): readonly ClosedDay[] {
  return [...days].sort((a, b) => a.day.localeCompare(b.day));
}
