import { NavLink, Stack, Text } from "@mantine/core";
import type { VocabularyNames } from "../../base/api/schema.gen";
import { useWords } from "../../base/words";
import { journeysWords } from "../journeysWords";
import { Chip } from "./Chip";

interface JourneyChipProps {
  readonly label: string;
  readonly names: VocabularyNames;
  readonly journey: string | null;
  readonly none?: string;
  readonly onJourney: (journey: string | null) => void;
}

/** Which journey definition is looked at. */
export function JourneyChip({ label, names, journey, none, onJourney }: JourneyChipProps) {
  const words = useWords(journeysWords);
  const empty = none ?? words.bar.everything;
  const chosen = names.journeys.find((each) => each.id === journey || each.name === journey);
  return (
    <Chip
      label={label}
      value={chosen?.name ?? journey ?? empty}
      isSet={journey !== null}
      clear={{ label: `${label}: ${words.bar.clear}`, onClear: () => onJourney(null) }}
    >
      {(close) => (
        <Stack gap={2}>
          {[{ id: null, name: empty }, ...names.journeys].map((each) => (
            <NavLink
              key={each.id ?? ""}
              component="button"
              active={each.id === (chosen?.id ?? journey)}
              label={each.name}
              onClick={() => {
                onJourney(each.id);
                close();
              }}
            />
          ))}
          {names.journeys.length === 0 && (
            <Text size="xs" c="dimmed" px="xs">
              {words.bar.noJourneys}
            </Text>
          )}
        </Stack>
      )}
    </Chip>
  );
}
