import { Button, Group, Popover, SegmentedControl } from "@mantine/core";
import { IconCalendar } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import type { HomePeriod } from "../base/api/schema.gen";
import { DayField } from "../base/DayField";
import { useWords } from "../base/words";
import { homeWords } from "./homeWords";

/** The periods that are offered, as lengths up to the last day of the record. */
export const PERIODS = ["28d", "91d", "364d"] as const;

interface PeriodsProps {
  readonly period: string;
  /** The days that are shown, to begin with. */
  readonly shown?: HomePeriod | undefined;
  readonly onChoose: (period: string) => void;
}

/** Chooses the period: one that is offered, or days of one's own. */
export function Periods({ period, shown, onChoose }: PeriodsProps) {
  const words = useWords(homeWords);
  const names: Readonly<Record<string, string>> = { "28d": words.weeks4, "91d": words.weeks13, "364d": words.weeks52 };
  const own = names[period] === undefined;
  return (
    <Group gap={4} wrap="nowrap">
      <SegmentedControl
        size="xs"
        aria-label={words.period}
        value={own ? "" : period}
        onChange={onChoose}
        data={PERIODS.map((each) => ({ value: each, label: names[each] ?? each }))}
      />
      <OwnDays chosen={own} shown={shown} onChoose={onChoose} />
    </Group>
  );
}

interface OwnDaysProps {
  readonly chosen: boolean;
  readonly shown: HomePeriod | undefined;
  readonly onChoose: (period: string) => void;
}

function OwnDays({ chosen, shown, onChoose }: OwnDaysProps) {
  const words = useWords(homeWords);
  const [opened, setOpened] = useState(false);
  const [from, setFrom] = useState<string>();
  const [until, setUntil] = useState<string>();
  const choose = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onChoose(`${from ?? shown?.start}..${until ?? shown?.end}`);
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Button
          variant={chosen ? "light" : "subtle"}
          color={chosen ? "path" : "gray"}
          size="xs"
          leftSection={<IconCalendar size={15} stroke={1.7} />}
          aria-pressed={chosen}
          onClick={() => setOpened(!opened)}
        >
          {words.ownPeriod}
        </Button>
      </Popover.Target>
      <Popover.Dropdown maw="calc(100vw - 32px)">
        <form onSubmit={choose}>
          <Group align="flex-end" gap="xs">
            <DayField
              isNested
              size="xs"
              label={words.from}
              required
              value={from ?? shown?.start ?? ""}
              onChange={setFrom}
            />
            <DayField
              isNested
              size="xs"
              label={words.until}
              required
              value={until ?? shown?.end ?? ""}
              onChange={setUntil}
            />
            <Button type="submit" size="xs">
              {words.showPeriod}
            </Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
