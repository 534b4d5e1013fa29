import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { setField } from "../model/commands/setField";
import { isFields } from "../model/shape";
import { useFields } from "../reading";
import { Said } from "./Said";

/** Who answers for something, by name; a department and an address that it has stay while there is a name. */
export function OwnerField({ kind, id }: { readonly kind: "opportunities" | "tasks"; readonly id: string }) {
  const words = useWords(editorWords);
  const { editing } = useEditor();
  const said = useFields(kind, id).owner;
  const owner = isFields(said) ? said : {};
  return (
    <Said
      label={words.owner}
      value={String(owner.name ?? "")}
      onSay={(name) => setField(editing, kind, id, "owner", name === "" ? undefined : { ...owner, name })}
    />
  );
}
