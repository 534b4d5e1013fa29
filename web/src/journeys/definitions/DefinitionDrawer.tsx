import { Drawer, Text } from "@mantine/core";
import { useState } from "react";
import type { DefinitionAnswer } from "../../base/api/schema.gen";
import { baseWords } from "../../base/baseWords";
import { byEscape } from "../../base/byEscape";
import { isChanged } from "../../base/unsaved/isChanged";
import { useUnsaved } from "../../base/unsaved/useUnsaved";
import { useFocusBack } from "../../base/useFocusBack";
import { useWords } from "../../base/words";
import { DefinitionForm } from "./DefinitionForm";
import { draftOf, NEW_DRAFT } from "./definition";
import { definitionsWords } from "./definitionsWords";

interface DefinitionDrawerProps {
  /** What is changed, as it was opened; undefined where one is added. */
  readonly definition: DefinitionAnswer | undefined;
  /** All that stand now: somebody else may have changed or removed the one that is open. */
  readonly definitions: readonly DefinitionAnswer[];
  readonly onSaved: (definition: DefinitionAnswer) => void;
  readonly onClose: () => void;
}

const HELD_BY = ["add", "change"];

/** Beside the page: a definition to write. It asks before what was begun is lost. */
export function DefinitionDrawer({ definition, definitions, onSaved, onClose }: DefinitionDrawerProps) {
  const words = useWords(definitionsWords);
  const base = useWords(baseWords);
  useFocusBack();
  const [begun, setBegun] = useState(() => (definition === undefined ? NEW_DRAFT : draftOf(definition)));
  const [draft, setDraft] = useState(begun);
  const [revision, setRevision] = useState(definition?.revision ?? "");
  const stands = definitions.find((each) => each.id === definition?.id);
  const { ask, guard } = useUnsaved(isChanged(begun, draft), HELD_BY);
  const close = (): void => ask(onClose);
  const takeTheirs = () => {
    if (stands === undefined) return onClose();
    const theirs = draftOf(stands);
    setBegun(theirs);
    setDraft(theirs);
    setRevision(stands.revision);
  };
  return (
    <Drawer
      opened
      onClose={close}
      size="lg"
      closeOnEscape={false}
      onKeyDown={byEscape(close)}
      closeButtonProps={{ "aria-label": base.close }}
      title={<Text fw={620}>{definition === undefined ? words.add : words.changeOf(begun.name)}</Text>}
    >
      <DefinitionForm
        draft={draft}
        revision={revision}
        isNew={definition === undefined}
        stands={stands}
        others={definitions.filter((each) => each.id !== definition?.id)}
        onDraft={setDraft}
        onTakeTheirs={takeTheirs}
        onSaved={onSaved}
        onClose={onClose}
      />
      {guard}
    </Drawer>
  );
}
