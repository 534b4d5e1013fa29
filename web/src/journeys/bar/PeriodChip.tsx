import { Button, Group, Stack, Text } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { useState } from "react";
import type { VocabularyNames } from "../../base/api/schema.gen";
import { baseWords } from "../../base/baseWords";
import calendar from "../../base/Calendar.module.css";
import { useFormat } from "../../base/format";
import { useLanguage, useWords } from "../../base/words";
import { journeysWords } from "../journeysWords";
import { Chip } from "./Chip";
import { type Day, dayIn, daysOf, presets } from "./days";
import "@mantine/dates/styles.css";
import "dayjs/locale/de";

interface PeriodChipProps {
  readonly label: string;
  readonly names: VocabularyNames;
  readonly period: string | null;
  /** What is said where no period is chosen. */
  readonly none?: string;
  readonly onPeriod: (period: string | null) => void;
}

/** The period: the last days of the record, a month, own dates; days are those of the workspace. */
export function PeriodChip({ label, names, period, none, onPeriod }: PeriodChipProps) {
  const words = useWords(journeysWords);
  const told = usePeriodText(none ?? words.bar.allTime);
  return (
    <Chip
      label={label}
      value={told(period)}
      isSet={period !== null}
      width={340}
      clear={{ label: `${label}: ${words.bar.clear}`, onClear: () => onPeriod(null) }}
    >
      {(close) => (
        <Choices
          names={names}
          period={period}
          none={none ?? words.bar.allTime}
          onPeriod={(chosen) => {
            onPeriod(chosen);
            close();
          }}
        />
      )}
    </Chip>
  );
}

/** How a period is written. */
export function usePeriodText(none: string): (period: string | null) => string {
  const format = useFormat();
  return (period) => {
    const days = daysOf(period);
    if (period === null) return none;
    return days === undefined ? period : days.map((each) => format.day(`${each}T12:00:00Z`)).join(" – ");
  };
}

function Choices({
  names,
  period,
  none,
  onPeriod,
}: Omit<PeriodChipProps, "label" | "none"> & { readonly none: string }) {
  const words = useWords(journeysWords);
  const base = useWords(baseWords);
  const language = useLanguage();
  const format = useFormat();
  const last = names.last_at === null ? null : dayIn(names.last_at, names.timezone);
  const [own, setOwn] = useState<[Day | null, Day | null]>(() => {
    const days = daysOf(period);
    return days === undefined ? [null, null] : [...days];
  });
  const named = (key: string) =>
    key === "month" ? words.bar.thisMonth : key === "year" ? words.bar.thisYear : words.bar.lastDays(key);
  const [first, end] = own;
  const begin = first ?? last;
  return (
    <Stack gap="sm">
      <Group gap={6}>
        <Button size="compact-xs" variant={period === null ? "filled" : "default"} onClick={() => onPeriod(null)}>
          {none}
        </Button>
        {last !== null &&
          presets(last).map((each) => (
            <Button
              key={each.key}
              size="compact-xs"
              variant={period === each.period ? "filled" : "default"}
              onClick={() => onPeriod(each.period)}
            >
              {named(each.key)}
            </Button>
          ))}
      </Group>
      <DatePicker
        type="range"
        allowSingleDateInRange
        size="sm"
        locale={language}
        value={own}
        {...(begin === null ? {} : { defaultDate: begin })}
        onChange={(value) => setOwn(value as [Day | null, Day | null])}
        aria-label={words.bar.own}
        ariaLabels={base.calendar}
        classNames={{ day: calendar.day ?? "" }}
      />
      <Button
        size="xs"
        disabled={first === null || end === null}
        onClick={() => onPeriod(first === null || end === null ? null : `${first}..${end}`)}
      >
        {words.bar.apply}
      </Button>
      {names.first_at !== null && names.last_at !== null && (
        <Text size="xs" c="dimmed">
          {words.bar.record(format.day(names.first_at), format.day(names.last_at))} {names.timezone}.
        </Text>
      )}
    </Stack>
  );
}
