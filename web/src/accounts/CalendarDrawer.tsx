import { Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import type { CalendarsAnswer } from "../base/api/schema.gen";
import { Changed } from "../base/states/Changed";
import { changedWords } from "../base/states/changedWords";
import { isChanged } from "../base/unsaved/isChanged";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { type Asked, useSetCalendar } from "./asking";
import { CalendarFacts } from "./CalendarFacts";
import { calendarText, namedText, stoodAs } from "./calendarDraft";
import { HoursForm } from "./HoursForm";
import { SettingsDrawer } from "./SettingsDrawer";

interface CalendarDrawerProps {
  readonly calendars: CalendarsAnswer;
  /** Of the workspace. */
  readonly timezone: string;
  /** Of the calendar; undefined: that of the company; empty: a new one. */
  readonly name: string | undefined;
  readonly onClose: () => void;
}

/** A calendar to change; what somebody else saves meanwhile is shown beside it, and nothing of either is lost. */
export function CalendarDrawer({ calendars, timezone, name, onClose }: CalendarDrawerProps) {
  const words = useWords(accountsWords);
  const changed = useWords(changedWords);
  const [begun, setBegun] = useState(() => stoodAs(calendars, timezone, name));
  const [draft, setDraft] = useState(begun?.draft);
  const saving = useSetCalendar();
  if (begun === undefined || draft === undefined) return null;
  const now = stoodAs(calendars, timezone, name);
  const isNamed = name !== undefined;
  const send = (asked: Asked, done: string) =>
    saving.mutate(asked, {
      onSuccess: () => {
        notifications.show({ message: done });
        onClose();
      },
    });
  const save = (over = begun) =>
    send(
      isNamed
        ? { named: namedText(draft, timezone, over.was, over.revision) }
        : { company: calendarText(draft, timezone, over.revision) },
      words.savedHours,
    );
  const remove = () =>
    send(
      { remove: begun.was, revision: (saving.error === null ? begun : now)?.revision ?? null },
      isNamed ? words.removedCalendar : words.removedHours,
    );
  const takeTheirs = () => {
    saving.reset();
    if (now === undefined) return onClose();
    setBegun(now);
    setDraft(now.draft);
  };
  const title = isNamed ? (name === "" ? words.newCalendar : words.changeCalendar(name)) : words.changeHours;
  return (
    <SettingsDrawer title={title} isUnsaved={isChanged(begun.draft, draft)} onClose={onClose}>
      <HoursForm
        draft={draft}
        timezone={timezone}
        isNamed={isNamed}
        isSet={begun.isSet}
        taken={calendars.named.map((each) => each.name).filter((each) => each !== begun.was)}
        ofCompany={isNamed ? (calendars.company?.holidays ?? []) : []}
        busy={saving.isPending}
        refusal={
          saving.error && (
            <Changed
              error={saving.error}
              busy={saving.isPending}
              now={now?.isSet ? <CalendarFacts hours={now.draft} /> : <Text size="sm">{changed.isGone}</Text>}
              onKeepMine={() => save(now ?? { ...begun, was: null, revision: null })}
              onTakeTheirs={takeTheirs}
            />
          )
        }
        onDraft={setDraft}
        onSave={() => save()}
        onRemove={remove}
        onClose={onClose}
      />
    </SettingsDrawer>
  );
}
