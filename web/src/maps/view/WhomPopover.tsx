import { Button, Checkbox, Group, Popover, Select, Stack, TextInput } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useState } from "react";
import { byEscape } from "../../base/byEscape";
import { useWords } from "../../base/words";
import { chosenFrom } from "../../evidence/asking";
import { mapsWords } from "../mapsWords";
import type { PersonaOutline } from "../readMap";
import { useAddress } from "./useAddress";

/** Whose journeys are laid over the map: a period, a persona, or customers that meet a condition. */
export function WhomPopover({ personas }: { readonly personas: readonly PersonaOutline[] }) {
  const words = useWords(mapsWords);
  const [params, change] = useAddress();
  const chosen = chosenFrom(params);
  const [opened, setOpened] = useState(false);
  const [period, setPeriod] = useState(chosen.period ?? "");
  const [segment, setSegment] = useState(chosen.segment ?? "");
  const tied = personas.flatMap((each) =>
    each.segment === undefined ? [] : [{ value: each.segment, label: each.name }],
  );
  const named = tied.find((each) => each.value === chosen.segment)?.label ?? chosen.segment ?? words.everybody;
  const apply = (values: Readonly<{ period: string; segment: string }>): void => {
    change(values);
    setOpened(false);
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width={320}
      position="bottom-end"
      trapFocus
      returnFocus
      withArrow
      closeOnEscape={false}
    >
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconUsers size={16} aria-hidden />}
          onClick={() => setOpened((before) => !before)}
          aria-label={`${words.whom}: ${[named, chosen.period].filter(Boolean).join(", ")}`}
        >
          {[named, chosen.period].filter(Boolean).join(", ")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown onKeyDown={byEscape(() => setOpened(false))}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            apply({ period: period.trim(), segment: segment.trim() });
          }}
        >
          <Stack gap="sm">
            <TextInput
              label={words.period}
              placeholder={words.periodPlaceholder}
              value={period}
              onChange={(event) => setPeriod(event.currentTarget.value)}
            />
            {tied.length > 0 && (
              <Select
                label={words.persona}
                placeholder={words.everybody}
                data={tied}
                value={tied.some((each) => each.value === segment) ? segment : null}
                onChange={(value) => setSegment(value ?? "")}
                clearable
                comboboxProps={{ withinPortal: false }}
              />
            )}
            <TextInput
              label={words.condition}
              placeholder={words.conditionPlaceholder}
              value={segment}
              onChange={(event) => setSegment(event.currentTarget.value)}
            />
            {tied.length > 0 && (
              <Checkbox
                label={words.byPersona}
                checked={chosen.personas === true}
                onChange={(event) => change({ personas: event.currentTarget.checked ? "1" : null })}
              />
            )}
            <Group justify="space-between">
              <Button
                variant="subtle"
                onClick={() => {
                  setPeriod("");
                  setSegment("");
                  apply({ period: "", segment: "" });
                }}
              >
                {words.reset}
              </Button>
              <Button type="submit">{words.apply}</Button>
            </Group>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
