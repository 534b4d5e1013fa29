import { TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import type { VocabularyNames } from "../../base/api/schema.gen";
import { useWords } from "../../base/words";
import { journeysWords } from "../journeysWords";
import type { QuestionOption } from "../questions";
import { PeriodChip } from "./PeriodChip";

interface TypedOptionProps {
  readonly option: QuestionOption;
  readonly label: string;
  readonly said: string | null;
  readonly names: VocabularyNames;
  readonly onSaid: (said: string | null) => void;
}

/** An option that is typed: a length of time, a number, a text. It counts when Enter is pressed or the field is left. */
export function TypedOption({ option, label, said, names, onSaid }: TypedOptionProps) {
  const words = useWords(journeysWords);
  const [typed, setTyped] = useState(said ?? "");
  useEffect(() => setTyped(said ?? ""), [said]);
  if (option.kind === "period")
    return <PeriodChip label={label} names={names} period={said} none={words.bar.allTime} onPeriod={onSaid} />;
  const done = () => {
    const text = typed.trim();
    if (text !== (said ?? "")) onSaid(text === "" ? null : text);
  };
  return (
    <TextInput
      size="xs"
      label={label}
      w={option.kind === "condition" || option.kind === "text" ? 220 : 112}
      value={typed}
      inputMode={option.kind === "number" ? "decimal" : "text"}
      placeholder={option.usual ?? (option.kind === "duration" ? words.none : words.optionPlaceholder)}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={done}
      onKeyDown={(event) => event.key === "Enter" && done()}
    />
  );
}
