import { IconArrowLeft, IconArrowRight, IconPlus, IconTrash } from "@tabler/icons-react";
import { useWords } from "../../../base/words";
import { newStep, removeHere, shift } from "../actions";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { rename } from "../model/commands/rename";
import { setField } from "../model/commands/setField";
import { useFields } from "../reading";
import { Doings } from "./Doings";
import { Said } from "./Said";

/** A phase: its name, what the customer wants in it. */
export function PhasePanel({ phase }: { readonly phase: string }) {
  const words = useWords(editorWords);
  const { editing, selection } = useEditor();
  const fields = useFields("phases", phase);
  const acting = { editing, selection, words };
  const place = { kind: "phase", phase } as const;
  return (
    <>
      <Said
        label={words.name}
        value={String(fields.name ?? "")}
        onSay={(text) => rename(editing, "phases", phase, text)}
      />
      <Said
        label={words.goal}
        lines
        value={String(fields.goal ?? "")}
        onSay={(text) => setField(editing, "phases", phase, "goal", text === "" ? undefined : text)}
      />
      <Doings
        doings={[
          { label: words.addStep, icon: <IconPlus size={13} />, onClick: () => newStep(acting) },
          { label: words.moveLeft, icon: <IconArrowLeft size={13} />, onClick: () => shift(acting, place, "left") },
          { label: words.moveRight, icon: <IconArrowRight size={13} />, onClick: () => shift(acting, place, "right") },
          { label: words.remove, icon: <IconTrash size={13} />, onClick: () => removeHere(acting, place) },
        ]}
      />
    </>
  );
}
