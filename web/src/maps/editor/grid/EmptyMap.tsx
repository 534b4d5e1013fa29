import { Button } from "@mantine/core";
import { IconMap2 } from "@tabler/icons-react";
import { Empty } from "../../../base/states/Empty";
import { useWords } from "../../../base/words";
import { newPhase } from "../actions";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";

/** A map without steps: how to begin. */
export function EmptyMap() {
  const words = useWords(editorWords);
  const { editing, selection, mayWrite } = useEditor();
  return (
    <Empty icon={<IconMap2 size={36} stroke={1.4} />} title={words.emptyTitle}>
      {words.emptyHint}
      {mayWrite && (
        <div>
          <Button mt="md" onClick={() => newPhase({ editing, selection, words })}>
            {words.addPhase}
          </Button>
        </div>
      )}
    </Empty>
  );
}
