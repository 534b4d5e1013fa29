import { Checkbox } from "@mantine/core";
import { IconArrowLeft, IconArrowRight, IconCopy, IconPlus, IconTrash } from "@tabler/icons-react";
import { useWords } from "../../../base/words";
import { duplicateHere, newStep, removeHere, shift } from "../actions";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { rename } from "../model/commands/rename";
import { setField } from "../model/commands/setField";
import { useFields } from "../reading";
import { BindingField } from "./BindingField";
import { DetailField } from "./DetailField";
import { Doings } from "./Doings";
import { MetricsField } from "./MetricsField";
import { MomentField } from "./MomentField";
import { NextField } from "./NextField";
import { Said } from "./Said";
import { StepOpportunities } from "./StepOpportunities";

/** A step: what follows it, what it is bound to, whether it decides. */
export function StepPanel({ step }: { readonly step: string }) {
  const words = useWords(editorWords);
  const { editing, selection, mayWrite } = useEditor();
  const fields = useFields("steps", step);
  const acting = { editing, selection, words };
  const place = { kind: "step", step } as const;
  return (
    <>
      <Said
        label={words.name}
        value={String(fields.name ?? "")}
        onSay={(text) => rename(editing, "steps", step, text)}
      />
      <Said
        label={words.summary}
        lines
        value={String(fields.summary ?? "")}
        onSay={(text) => setField(editing, "steps", step, "summary", text === "" ? undefined : text)}
      />
      <BindingField step={step} />
      <NextField step={step} />
      <Checkbox
        size="xs"
        label={words.optional}
        disabled={!mayWrite}
        checked={fields.optional === true}
        onChange={(event) =>
          setField(editing, "steps", step, "optional", event.currentTarget.checked ? true : undefined)
        }
      />
      <MomentField step={step} />
      <MetricsField step={step} />
      <StepOpportunities step={step} />
      <DetailField step={step} />
      <Doings
        doings={[
          { label: words.addStepAfter, icon: <IconPlus size={13} />, onClick: () => newStep(acting) },
          { label: words.duplicate, icon: <IconCopy size={13} />, onClick: () => duplicateHere(acting, place) },
          { label: words.moveLeft, icon: <IconArrowLeft size={13} />, onClick: () => shift(acting, place, "left") },
          { label: words.moveRight, icon: <IconArrowRight size={13} />, onClick: () => shift(acting, place, "right") },
          { label: words.remove, icon: <IconTrash size={13} />, onClick: () => removeHere(acting, place) },
        ]}
      />
    </>
  );
}
