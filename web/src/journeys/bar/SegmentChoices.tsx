import { Divider, Stack } from "@mantine/core";
import { useWords } from "../../base/words";
import { journeysWords } from "../journeysWords";
import { ConditionEditor } from "./ConditionEditor";
import { KnownSegments } from "./KnownSegments";
import { SaveSegment } from "./SaveSegment";
import { useSegmentName } from "./useSegmentName";

interface SegmentChoicesProps {
  readonly text: string | null;
  /** Called with the condition that is chosen; empty: everybody. */
  readonly onChoose: (text: string) => void;
}

/** What a segment is chosen from: those that are saved, personas that are tied to customers, and conditions of one's own. */
export function SegmentChoices({ text, onChoose }: SegmentChoicesProps) {
  const words = useWords(journeysWords);
  const name = useSegmentName(text);
  return (
    <Stack gap="sm">
      <KnownSegments chosen={text} onChoose={onChoose} />
      <ConditionEditor text={text ?? ""} help={words.bar.segmentHelp} onDone={onChoose} />
      {text !== null && name === undefined && (
        <>
          <Divider />
          <SaveSegment condition={text} />
        </>
      )}
    </Stack>
  );
}
