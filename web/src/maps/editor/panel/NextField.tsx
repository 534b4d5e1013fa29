import { MultiSelect, SegmentedControl, Stack, Text } from "@mantine/core";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { following, setFollowing } from "../model/commands/following";
import { useAlike, useFields } from "../reading";

/** Which steps may follow one: the one behind it, those that are picked (a branch, a loop), or none. */
export function NextField({ step }: { readonly step: string }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const next = useFields("steps", step).next;
  const steps = useAlike((store) =>
    store.children("phases").map((phase) => ({
      group: String(store.fields("phases", phase).name ?? ""),
      items: store
        .children("steps", phase)
        .map((id) => ({ value: id, label: String(store.fields("steps", id).name ?? id) })),
    })),
  );
  const chosen = useAlike(() => following(editing, step));
  const mode = !Array.isArray(next) ? "default" : next.length === 0 ? "end" : "chosen";
  return (
    <Stack gap={4} role="group" aria-label={words.next}>
      <Text size="xs" fw={500}>
        {words.next}
      </Text>
      <SegmentedControl
        size="xs"
        fullWidth
        readOnly={!mayWrite}
        value={mode}
        onChange={(value) => {
          if (value === "default") setFollowing(editing, step, undefined);
          else setFollowing(editing, step, value === "end" ? [] : chosen.length > 0 ? chosen : [step]);
        }}
        data={[
          { value: "default", label: words.nextDefault },
          { value: "chosen", label: words.nextChosen },
          { value: "end", label: words.nextEnd },
        ]}
      />
      {mode === "chosen" && (
        <MultiSelect
          size="xs"
          aria-label={words.nextChosen}
          description={words.nextHint}
          readOnly={!mayWrite}
          searchable
          data={steps}
          value={[...chosen]}
          onChange={(ids) => setFollowing(editing, step, ids.length === 0 ? undefined : ids)}
        />
      )}
    </Stack>
  );
}
