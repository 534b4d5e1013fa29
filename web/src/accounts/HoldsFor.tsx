import { TagsInput, TextInput } from "@mantine/core";
import { useWords } from "../base/words";
import { useNames, useValues } from "../journeys/asking";
import { accountsWords } from "./accountsWords";
import type { CalendarDraft, CalendarProblems } from "./calendarDraft";

interface HoldsForProps {
  readonly draft: CalendarDraft;
  readonly problems: CalendarProblems | undefined;
  readonly onChange: (said: Partial<CalendarDraft>) => void;
}

/** The name of a calendar, and the channels and teams for which it holds; those of the record are offered. */
export function HoldsFor({ draft, problems, onChange }: HoldsForProps) {
  const words = useWords(accountsWords);
  const channels = useNames().data?.channels.map((each) => each.name) ?? [];
  const teams = useValues("team", "", true).data?.map((each) => each.value) ?? [];
  return (
    <>
      <TextInput
        label={words.calendarName}
        maxLength={80}
        maw={360}
        data-autofocus
        value={draft.name}
        error={problems?.name && words[problems.name]}
        onChange={({ currentTarget: { value } }) => onChange({ name: value })}
      />
      <TagsInput
        label={words.channels}
        data={channels}
        value={[...draft.channels]}
        maxTags={50}
        acceptValueOnBlur
        onChange={(chosen) => onChange({ channels: chosen })}
      />
      <TagsInput
        label={words.teams}
        description={words.holdsHelp}
        data={teams}
        value={[...draft.teams]}
        maxTags={50}
        acceptValueOnBlur
        error={problems?.holds && words.holdsForNobody}
        onChange={(chosen) => onChange({ teams: chosen })}
      />
    </>
  );
}
