import { SegmentedControl, Select } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconCopy, IconTrash } from "@tabler/icons-react";
import { useWords } from "../../../base/words";
import { duplicateHere, removeHere, shift } from "../actions";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { rename } from "../model/commands/rename";
import { setField } from "../model/commands/setField";
import { useAlike, useFields } from "../reading";
import { useNameOf } from "./asking";
import { Doings } from "./Doings";
import { Said } from "./Said";

/** A lane: what it is about, what it is called, whose it is. */
export function LanePanel({ lane }: { readonly lane: string }) {
  const words = useWords(editorWords);
  const { editing, selection, mayWrite } = useEditor();
  const fields = useFields("lanes", lane);
  const personaName = useNameOf("persona");
  const personas = useAlike((store) =>
    store.children("personas").map((id) => ({ id, own: store.fields("personas", id).name })),
  ).map(({ id, own }) => ({ value: id, label: personaName(id, own) }));
  const acting = { editing, selection, words };
  const place = { kind: "lane", lane } as const;
  const role = String(fields.role ?? "custom");
  return (
    <>
      <Said
        label={words.label}
        description={words.labelHint}
        placeholder={words.laneRoles[role] ?? role}
        value={String(fields.label ?? "")}
        onSay={(text) => rename(editing, "lanes", lane, text)}
      />
      <Select
        size="xs"
        label={words.role}
        readOnly={!mayWrite}
        allowDeselect={false}
        data={Object.entries(words.laneRoles).map(([value, label]) => ({ value, label }))}
        value={role}
        onChange={(value) => value !== null && setField(editing, "lanes", lane, "role", value)}
      />
      {personas.length > 0 && (
        <Select
          size="xs"
          label={words.persona}
          readOnly={!mayWrite}
          placeholder={words.everybody}
          clearable
          data={personas}
          value={typeof fields.persona === "string" ? fields.persona : null}
          onChange={(value) => setField(editing, "lanes", lane, "persona", value ?? undefined)}
        />
      )}
      {role === "emotion" && (
        <SegmentedControl
          size="xs"
          aria-label={words.line}
          readOnly={!mayWrite}
          value={fields.line === "future" ? "future" : "current"}
          onChange={(value) => setField(editing, "lanes", lane, "line", value === "future" ? "future" : undefined)}
          data={[
            { value: "current", label: words.current },
            { value: "future", label: words.future },
          ]}
        />
      )}
      <Doings
        doings={[
          { label: words.duplicate, icon: <IconCopy size={13} />, onClick: () => duplicateHere(acting, place) },
          { label: words.moveUp, icon: <IconArrowUp size={13} />, onClick: () => shift(acting, place, "up") },
          { label: words.moveDown, icon: <IconArrowDown size={13} />, onClick: () => shift(acting, place, "down") },
          { label: words.remove, icon: <IconTrash size={13} />, onClick: () => removeHere(acting, place) },
        ]}
      />
    </>
  );
}
