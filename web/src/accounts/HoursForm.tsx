import { Button, Group, Select, Stack } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import type { ClosedDay } from "../base/api/schema.gen";
import { baseWords } from "../base/baseWords";
import { Sure } from "../base/Sure";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { type CalendarDraft, calendarProblems, isWhole } from "./calendarDraft";
import { HoldsFor } from "./HoldsFor";
import { Holidays } from "./Holidays";
import { WeekGrid } from "./WeekGrid";

interface HoursFormProps {
  readonly draft: CalendarDraft;
  /** Of the workspace. */
  readonly timezone: string;
  /** Whether it is for channels or teams, and has a name. */
  readonly isNamed: boolean;
  /** Whether there are opening hours that can be removed. */
  readonly isSet: boolean;
  /** Names of other calendars. */
  readonly taken: readonly string[];
  readonly ofCompany: readonly ClosedDay[];
  readonly busy: boolean;
  /** Why it was not saved. */
  readonly refusal: ReactNode;
  readonly onDraft: (draft: CalendarDraft) => void;
  readonly onSave: () => void;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}

/** Whom a calendar is for, the hours of the week, by whose clock, and the days that are closed. */
export function HoursForm(props: HoursFormProps) {
  const { draft, timezone, isNamed, isSet, taken, ofCompany, busy, refusal, onDraft } = props;
  const words = useWords(accountsWords);
  const base = useWords(baseWords);
  const [isTried, setTried] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const found = calendarProblems(draft, isNamed, taken);
  const problems = isTried ? found : undefined;
  const change = (said: Partial<CalendarDraft>) => onDraft({ ...draft, ...said });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isWhole(found)) props.onSave();
  };
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="lg">
        {isNamed && <HoldsFor draft={draft} problems={problems} onChange={change} />}
        <WeekGrid draft={draft} problems={problems} onDraft={onDraft} />
        <ZoneSelect timezone={timezone} chosen={draft.timezone} onZone={(zone) => change({ timezone: zone })} />
        <Holidays days={draft.holidays} ofCompany={ofCompany} onDays={(holidays) => change({ holidays })} />
        {refusal}
        <Group justify="space-between">
          {isSet ? (
            <Button variant="subtle" color="red" px={0} onClick={() => setRemoving(true)}>
              {isNamed ? words.removeCalendar : words.removeHours}
            </Button>
          ) : (
            <span />
          )}
          <Group>
            <Button variant="default" onClick={props.onClose}>
              {base.cancel}
            </Button>
            <Button type="submit" loading={busy}>
              {base.save}
            </Button>
          </Group>
        </Group>
      </Stack>
      {isRemoving && (
        <Sure
          title={isNamed ? words.removeCalendar : words.removeHours}
          hint={isNamed ? words.removeCalendarHint : words.removeHoursHint}
          action={words.remove}
          busy={busy}
          error={null}
          onDo={() => {
            setRemoving(false);
            props.onRemove();
          }}
          onClose={() => setRemoving(false)}
        />
      )}
    </form>
  );
}

interface ZoneSelectProps {
  readonly timezone: string;
  readonly chosen: string;
  readonly onZone: (zone: string) => void;
}

function ZoneSelect({ timezone, chosen, onZone }: ZoneSelectProps) {
  const words = useWords(accountsWords);
  const zones = [...new Set([timezone, chosen, "UTC", ...Intl.supportedValuesOf("timeZone")])];
  return (
    <Select
      label={words.zone}
      searchable
      limit={60}
      nothingFoundMessage={words.noSuchZone}
      onClick={(event) => event.currentTarget.select()}
      allowDeselect={false}
      maw={360}
      data={zones.map((zone) => ({ value: zone, label: zone === timezone ? words.zoneOfWorkspace(zone) : zone }))}
      value={chosen}
      onChange={(zone) => zone !== null && onZone(zone)}
    />
  );
}
