import { Button, Checkbox, Group, Input, Select, Stack, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { baseWords } from "../base/baseWords";
import { Failed } from "../base/states/Failed";
import { useWords } from "../base/words";
import { accountsWords } from "./accountsWords";
import { useSetCalendar } from "./asking";
import { Holidays } from "./Holidays";
import { Sure } from "./Sure";
import { type HoursDraft, hoursProblems, hoursText } from "./settingsDraft";

interface HoursFormProps {
  readonly draft: HoursDraft;
  /** Of the workspace. */
  readonly timezone: string;
  /** Whether there are opening hours that can be removed. */
  readonly isSet: boolean;
  readonly onDraft: (draft: HoursDraft) => void;
  readonly onClose: () => void;
}

/** Open days, from when to when, by whose clock, and the days that are closed. */
export function HoursForm({ draft, timezone, isSet, onDraft, onClose }: HoursFormProps) {
  const words = useWords(accountsWords);
  const base = useWords(baseWords);
  const saving = useSetCalendar();
  const [isTried, setTried] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const found = hoursProblems(draft);
  const problems = isTried ? found : {};
  const change = (said: Partial<HoursDraft>) => onDraft({ ...draft, ...said });
  const save = (asked: HoursDraft | null) =>
    saving.mutate(asked && hoursText(asked, timezone), {
      onSuccess: () => {
        notifications.show({ message: asked === null ? words.removedHours : words.savedHours });
        onClose();
      },
    });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(found).length === 0) save(draft);
  };
  const clock = (name: "opens" | "closes") => (
    <TextInput
      label={words[name]}
      maxLength={5}
      w={128}
      value={draft[name]}
      error={problems[name] && words[problems[name]]}
      onChange={({ currentTarget: { value } }) => change({ [name]: value })}
    />
  );
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="lg">
        <Checkbox.Group
          label={words.openDays}
          value={draft.days.map(String)}
          error={problems.days && words.noDays}
          onChange={(days) => change({ days: days.map(Number).sort() })}
        >
          <Group gap="sm" mt={6}>
            {words.days.map((name, day) => (
              <Checkbox key={name} value={String(day)} label={name} />
            ))}
          </Group>
        </Checkbox.Group>
        <Stack gap={4}>
          <Group align="flex-start">
            {clock("opens")}
            {clock("closes")}
          </Group>
          <Input.Description>{words.clockHelp}</Input.Description>
        </Stack>
        <Select
          label={words.zone}
          searchable
          limit={60}
          nothingFoundMessage={words.noSuchZone}
          onClick={(event) => event.currentTarget.select()}
          allowDeselect={false}
          maw={360}
          data={zonesWith(timezone, draft.timezone).map((zone) => ({
            value: zone,
            label: zone === timezone ? words.zoneOfWorkspace(zone) : zone,
          }))}
          value={draft.timezone}
          onChange={(zone) => zone !== null && change({ timezone: zone })}
        />
        <Holidays days={draft.holidays} onDays={(holidays) => change({ holidays })} />
        {saving.error !== null && !isRemoving && <Failed error={saving.error} />}
        <Group justify="space-between">
          {isSet ? (
            <Button variant="subtle" color="red" px={0} onClick={() => setRemoving(true)}>
              {words.removeHours}
            </Button>
          ) : (
            <span />
          )}
          <Group>
            <Button variant="default" onClick={onClose}>
              {base.cancel}
            </Button>
            <Button type="submit" loading={saving.isPending}>
              {base.save}
            </Button>
          </Group>
        </Group>
      </Stack>
      {isRemoving && (
        <Sure
          title={words.removeHours}
          hint={words.removeHoursHint}
          action={words.remove}
          busy={saving.isPending}
          error={saving.error}
          onDo={() => save(null)}
          onClose={() => setRemoving(false)}
        />
      )}
    </form>
  );
}

/** All time zones, that of the workspace first. */
function zonesWith(timezone: string, chosen: string): string[] {
  return [...new Set([timezone, chosen, "UTC", ...Intl.supportedValuesOf("timeZone")])];
}
