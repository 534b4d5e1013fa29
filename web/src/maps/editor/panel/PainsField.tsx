import { MultiSelect, Text } from "@mantine/core";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { setPains } from "../model/commands/opportunities";
import type { Store } from "../model/Store";
import { useAlike } from "../reading";

interface Pain {
  readonly value: string;
  readonly label: string;
  readonly isBehind: boolean;
}

/** The pains of the map that lead to an opportunity. */
export function PainsField({ opportunity }: { readonly opportunity: string }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const pains = useAlike((store) => painsOf(store, opportunity));
  if (pains.length === 0)
    return (
      <Text size="xs" c="dimmed">
        {words.painsNone}
      </Text>
    );
  return (
    <MultiSelect
      size="xs"
      label={words.painsBehind}
      searchable
      readOnly={!mayWrite}
      data={pains.map(({ value, label }) => ({ value, label }))}
      value={pains.filter((each) => each.isBehind).map((each) => each.value)}
      onChange={(claims) => setPains(editing, opportunity, claims)}
    />
  );
}

/** The claims in lanes of pains, and those elsewhere that lead to the opportunity, each with its step. */
function painsOf(store: Store, opportunity: string): readonly Pain[] {
  return store.children("lanes").flatMap((lane) => {
    const isPains = store.fields("lanes", lane).role === "pains";
    return store.children("cells", lane).flatMap((cell) => {
      const step = String(store.fields("steps", String(store.fields("cells", cell).step)).name ?? "");
      return store.children("claims", cell).flatMap((claim) => {
        const { text, opportunities } = store.fields("claims", claim);
        const isBehind = Array.isArray(opportunities) && opportunities.includes(opportunity);
        return isPains || isBehind ? [{ value: claim, label: `${String(text ?? "")} (${step})`, isBehind }] : [];
      });
    });
  });
}
