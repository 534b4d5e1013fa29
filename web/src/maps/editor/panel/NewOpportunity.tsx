import { Button, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useWords } from "../../../base/words";
import { editorWords } from "../editorWords";

interface NewOpportunityProps {
  readonly label: string;
  readonly onMake: (title: string) => void;
  /** It needs no title of its own. */
  readonly isAtOnce?: boolean;
}

/** A button that becomes the field for the title of a new opportunity. */
export function NewOpportunity({ label, onMake, isAtOnce = false }: NewOpportunityProps) {
  const words = useWords(editorWords);
  const [draft, setDraft] = useState<string>();
  if (draft === undefined)
    return (
      <div>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={13} />}
          onClick={() => (isAtOnce ? onMake("") : setDraft(""))}
        >
          {label}
        </Button>
      </div>
    );
  const done = (): void => {
    if (draft.trim() !== "") onMake(draft.trim());
    setDraft(undefined);
  };
  return (
    <TextInput
      size="xs"
      autoFocus
      aria-label={label}
      placeholder={words.howMightWe}
      maxLength={200}
      value={draft}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter") done();
        if (event.key === "Escape") setDraft(undefined);
      }}
    />
  );
}
