import { Button } from "@mantine/core";
import { useState } from "react";
import type { CalendarAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { Facts } from "./Facts";
import { HoursForm } from "./HoursForm";
import { Section } from "./Section";
import { SettingsDrawer } from "./SettingsDrawer";
import { hoursDraft } from "./settingsDraft";
import { useChange } from "./useChange";

interface HoursProps {
  readonly calendar: CalendarAnswer | null;
  /** Of the workspace. */
  readonly timezone: string;
}

/** When the company is open; an admin changes it. */
export function Hours({ calendar, timezone }: HoursProps) {
  const words = useWords(accountsWords);
  const format = useFormat();
  const { mayChange, isOpen, open, close } = useChange("hours");
  const holidays = calendar?.holidays.map((day) => format.day(`${day}T12:00:00Z`)).join(", ") ?? "";
  return (
    <Section
      title={words.hours}
      lead={calendar === null ? words.noHours : undefined}
      actions={
        mayChange && (
          <Button size="xs" variant="default" onClick={open} aria-label={words.changeHours}>
            {words.change}
          </Button>
        )
      }
    >
      <Facts
        facts={[
          [words.zone, calendar?.timezone ?? timezone],
          ...(calendar === null
            ? []
            : ([
                [words.openDays, calendar.days.map((day) => words.days[day]).join(", ")],
                [words.openFrom, `${calendar.opens} – ${calendar.closes}`],
                [words.holidays, holidays === "" ? words.noHolidays : holidays],
              ] as const)),
        ]}
      />
      {isOpen && <HoursDrawer calendar={calendar} timezone={timezone} onClose={close} />}
    </Section>
  );
}

function HoursDrawer({ calendar, timezone, onClose }: HoursProps & { readonly onClose: () => void }) {
  const words = useWords(accountsWords);
  const [begun] = useState(() => hoursDraft(calendar, timezone));
  const [draft, setDraft] = useState(begun);
  return (
    <SettingsDrawer title={words.changeHours} isUntouched={draft === begun} onClose={onClose}>
      <HoursForm draft={draft} timezone={timezone} isSet={calendar !== null} onDraft={setDraft} onClose={onClose} />
    </SettingsDrawer>
  );
}
