import { Button, Group, Input, Pill, Popover, Stack } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { IconCalendarPlus } from "@tabler/icons-react";
import { baseWords } from "../base/baseWords";
import calendar from "../base/Calendar.module.css";
import { useFormat } from "../base/format";
import { useLanguage, useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import "@mantine/dates/styles.css";
import "dayjs/locale/de";

interface HolidaysProps {
  /** `2026-12-25` */
  readonly days: readonly string[];
  readonly onDays: (days: readonly string[]) => void;
}

/** The days that are closed, picked from a calendar. */
export function Holidays({ days, onDays }: HolidaysProps) {
  const words = useWords(accountsWords);
  const base = useWords(baseWords);
  const format = useFormat();
  const language = useLanguage();
  const told = (day: string) => format.day(`${day}T12:00:00Z`);
  return (
    <Input.Wrapper label={words.holidays} description={words.holidaysHelp} labelElement="div">
      <Stack gap="xs" mt={6} align="flex-start">
        {days.length > 0 && (
          <Group gap={6}>
            {[...days].sort().map((day) => (
              <Pill
                key={day}
                withRemoveButton
                onRemove={() => onDays(days.filter((each) => each !== day))}
                removeButtonProps={{ "aria-label": words.removeHoliday(told(day)), "aria-hidden": false, tabIndex: 0 }}
              >
                {told(day)}
              </Pill>
            ))}
          </Group>
        )}
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
              value={[...days]}
              onChange={onDays}
              aria-label={words.holidays}
              ariaLabels={base.calendar}
              classNames={{ day: calendar.day ?? "" }}
            />
          </Popover.Dropdown>
        </Popover>
      </Stack>
    </Input.Wrapper>
  );
}
