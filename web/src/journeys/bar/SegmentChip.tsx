import { Divider, Stack } from "@mantine/core";
import { useWords } from "../../base/words";
import { useSegments, useTiedPersonas } from "../asking";
import { journeysWords } from "../journeysWords";
import { Chip } from "./Chip";
import { ConditionEditor } from "./ConditionEditor";
import { KnownSegments } from "./KnownSegments";
import { SaveSegment } from "./SaveSegment";

interface SegmentChipProps {
  readonly label: string;
  readonly none: string;
  readonly text: string | null;
  readonly onText: (text: string | null) => void;
}

/** Which customers are looked at: a saved segment, a persona that is tied to customers, or a condition. */
export function SegmentChip({ label, none, text, onText }: SegmentChipProps) {
  const words = useWords(journeysWords);
  const name = useSegmentName(text);
  return (
    <Chip
      label={label}
      value={name ?? text ?? none}
      isSet={text !== null}
      width={500}
      clear={{ label: `${label}: ${words.bar.clear}`, onClear: () => onText(null) }}
    >
      {(close) => {
        const take = (said: string): void => {
          onText(said === "" ? null : said);
          close();
        };
        return (
          <Stack gap="sm">
            <KnownSegments chosen={text} onChoose={take} />
            <ConditionEditor text={text ?? ""} help={words.bar.segmentHelp} onDone={take} />
            {text !== null && name === undefined && (
              <>
                <Divider />
                <SaveSegment condition={text} />
              </>
            )}
          </Stack>
        );
      }}
    </Chip>
  );
}

/** What a segment is called; undefined: it has no name. */
function useSegmentName(text: string | null): string | undefined {
  const segments = useSegments().data ?? [];
  const personas = useTiedPersonas().data ?? [];
  if (text === null) return undefined;
  return segments.find((each) => each.condition === text)?.name ?? personas.find((each) => each.segment === text)?.name;
}
