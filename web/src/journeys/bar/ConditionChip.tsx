import { useWords } from "../../base/words";
import { journeysWords } from "../journeysWords";
import { Chip } from "./Chip";
import { ConditionEditor } from "./ConditionEditor";

interface ConditionChipProps {
  readonly label: string;
  readonly none: string;
  readonly help: string;
  readonly text: string | null;
  readonly onText: (text: string | null) => void;
}

/** A condition of the bar: a segment or a filter. */
export function ConditionChip({ label, none, help, text, onText }: ConditionChipProps) {
  const words = useWords(journeysWords);
  return (
    <Chip
      label={label}
      value={text ?? none}
      isSet={text !== null}
      width={500}
      clear={{ label: `${label}: ${words.bar.clear}`, onClear: () => onText(null) }}
    >
      {(close) => (
        <ConditionEditor
          text={text ?? ""}
          help={help}
          onDone={(said) => {
            onText(said === "" ? null : said);
            close();
          }}
        />
      )}
    </Chip>
  );
}
