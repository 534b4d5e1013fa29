import { useWords } from "../../base/words";
import { journeysWords } from "../journeysWords";
import { Chip } from "./Chip";
import { SegmentChoices } from "./SegmentChoices";
import { useSegmentName } from "./useSegmentName";

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
      {(close) => (
        <SegmentChoices
          text={text}
          onChoose={(said) => {
            onText(said === "" ? null : said);
            close();
          }}
        />
      )}
    </Chip>
  );
}
