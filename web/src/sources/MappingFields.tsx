import { Autocomplete, SimpleGrid, TextInput } from "@mantine/core";
import { DayField } from "../base/DayField";
import { useWords } from "../base/words";
import { useZone } from "../base/zone";
import { useMappingWords, useSources } from "./asking";
import { constantOf, dayOfAll, type MappingDocument, setConstant, setDayOfAll, setTime, timeSetting } from "./mapping";
import { sourcesWords } from "./sourcesWords";

interface MappingFieldsProps {
  readonly document: MappingDocument;
  readonly onChange: (document: MappingDocument) => void;
}

/** What a mapping says beside its columns: the source, what is the same for all rows, how times are written. */
export function MappingFields({ document, onChange }: MappingFieldsProps) {
  const words = useWords(sourcesWords);
  const zones = useMappingWords().data?.time_zones ?? [];
  const sources = useSources().data?.sources.map((each) => each.source) ?? [];
  const source = typeof document.source === "string" ? document.source : "";
  const timed = typeof document.occurred_at === "object" && document.occurred_at !== null;
  const zone = useZone();
  const day = dayOfAll(document);
  const constants = [
    ["channel", words.constantChannel],
    ["touchpoint", words.constantTouchpoint],
  ] as const;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="md">
      <TextInput
        size="sm"
        label={words.sourceName}
        description={sources.includes(source) ? words.sourceNameKnown : words.sourceNameHint}
        value={source}
        onChange={(event) => onChange({ ...document, source: event.currentTarget.value })}
      />
      {constants.map(([name, label]) => {
        const value = constantOf(document, name);
        return (
          value !== undefined && (
            <TextInput
              key={name}
              size="sm"
              label={label}
              description={words.constantHint}
              value={value}
              onChange={(event) => onChange(setConstant(document, name, event.currentTarget.value))}
            />
          )
        );
      })}
      {day !== undefined && (
        <DayField
          label={words.constantDay}
          description={words.constantDayHint}
          value={day}
          onChange={(chosen) => onChange(setDayOfAll(document, chosen, zone))}
        />
      )}
      {timed && (
        <Autocomplete
          size="sm"
          label={words.timezone}
          description={words.timezoneHint}
          data={zones}
          limit={40}
          value={timeSetting(document, "timezone")}
          onChange={(chosen) => onChange(setTime(document, "timezone", chosen))}
        />
      )}
      {timed && day === undefined && (
        <TextInput
          size="sm"
          label={words.timeFormat}
          description={words.timeFormatHint}
          value={timeSetting(document, "format")}
          onChange={(event) => onChange(setTime(document, "format", event.currentTarget.value))}
        />
      )}
    </SimpleGrid>
  );
}
