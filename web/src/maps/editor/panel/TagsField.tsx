import { TagsInput } from "@mantine/core";
import { useWords } from "../../../base/words";
import { useLibrary } from "../../asking";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { setTags } from "../model/commands/head";
import { useAlike } from "../reading";

/** By which tags the map is found: those of the library are offered, others are typed. */
export function TagsField() {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const tags = useAlike((store) => (Array.isArray(store.root.tags) ? store.root.tags.map(String) : []));
  const known = [...new Set((useLibrary().data?.maps ?? []).flatMap((card) => card.tags))].sort();
  return (
    <TagsInput
      size="xs"
      label={words.tags}
      placeholder={mayWrite ? words.addTag : undefined}
      readOnly={!mayWrite}
      data={known}
      value={tags}
      onChange={(wanted) => setTags(editing, wanted)}
    />
  );
}
