import { Drawer, Text } from "@mantine/core";
import { useState } from "react";
import type { DefinitionAnswer } from "../../base/api/schema.gen";
import { baseWords } from "../../base/baseWords";
import { useFocusBack } from "../../base/useFocusBack";
import { useWords } from "../../base/words";
import { DefinitionForm } from "./DefinitionForm";
import { draftOf, NEW_DRAFT } from "./definition";
import { definitionsWords } from "./definitionsWords";

interface DefinitionDrawerProps {
  /** What is changed; undefined where one is added. */
  readonly definition: DefinitionAnswer | undefined;
  readonly definitions: readonly DefinitionAnswer[];
  readonly onSaved: (definition: DefinitionAnswer) => void;
  readonly onClose: () => void;
}

/** Beside the page: a definition to write. What was begun is not lost by Escape or a press beside it. */
export function DefinitionDrawer({ definition, definitions, onSaved, onClose }: DefinitionDrawerProps) {
  const words = useWords(definitionsWords);
  const base = useWords(baseWords);
  useFocusBack();
  const [begun] = useState(() => (definition === undefined ? NEW_DRAFT : draftOf(definition)));
  const [draft, setDraft] = useState(begun);
  const isUntouched = draft === begun;
  return (
    <Drawer
      opened
      onClose={onClose}
      size="lg"
      closeOnEscape={isUntouched}
      closeOnClickOutside={isUntouched}
      closeButtonProps={{ "aria-label": base.close }}
      title={<Text fw={620}>{definition === undefined ? words.add : words.changeOf(begun.name)}</Text>}
    >
      <DefinitionForm
        draft={draft}
        isNew={definition === undefined}
        others={definitions.filter((each) => each.id !== definition?.id)}
        onDraft={setDraft}
        onSaved={onSaved}
        onClose={onClose}
      />
    </Drawer>
  );
}
