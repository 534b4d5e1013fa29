import { Button, Checkbox, Group, Popover, Stack, TextInput } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { byEscape } from "../../base/byEscape";
import { Loading } from "../../base/states/Loading";
import { useWords } from "../../base/words";
import { chosenFrom } from "../../evidence/asking";
import { useSegmentName } from "../../journeys/bar/useSegmentName";
import { mapsWords } from "../mapsWords";
import type { PersonaOutline } from "../readMap";
import { useAddress } from "./useAddress";

const KnownSegments = lazy(async () => ({
  default: (await import("../../journeys/bar/KnownSegments")).KnownSegments,
}));

/** Whose journeys are laid over the map: a period, a saved segment, a persona, or customers that meet a condition. */
export function WhomPopover({ personas }: { readonly personas: readonly PersonaOutline[] }) {
  const words = useWords(mapsWords);
  const [params, change] = useAddress();
  const chosen = chosenFrom(params);
  const [opened, setOpened] = useState(false);
  const [period, setPeriod] = useState(chosen.period ?? "");
  const [segment, setSegment] = useState(chosen.segment ?? "");
  const known = useSegmentName(chosen.segment ?? null);
  const tied = personas.filter((each) => each.segment !== undefined);
  const own = tied.find((each) => each.segment === chosen.segment)?.name;
  const named = own ?? known ?? chosen.segment ?? words.everybody;
  const apply = (values: Readonly<{ period: string; segment: string }>): void => {
    change(values);
    setOpened(false);
  };
  const choose = (condition: string): void => {
    setSegment(condition);
    apply({ period: period.trim(), segment: condition });
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
            {opened && (
              <Suspense fallback={<Loading lines={2} />}>
                <KnownSegments chosen={chosen.segment ?? null} onChoose={choose} />
              </Suspense>
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
