import { Checkbox, MultiSelect, Stack } from "@mantine/core";
import { IconArrowLeft, IconArrowRight, IconCopy, IconPlus, IconTrash } from "@tabler/icons-react";
import { useWords } from "../../../base/words";
import { duplicateHere, newStep, removeHere, shift } from "../actions";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { rename } from "../model/commands/rename";
import { setField } from "../model/commands/setField";
import { isFields } from "../model/shape";
import { useAlike, useFields } from "../reading";
import { BindingField } from "./BindingField";
import { Doings } from "./Doings";
import { NextField } from "./NextField";
import { Said } from "./Said";

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

/** Whether the customer decides here, and why. */
function MomentField({ step }: { readonly step: string }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const said = useFields("steps", step).moment_of_truth;
  const isOne = said !== undefined && said !== false;
  const say = (value: string | true | undefined): void => setField(editing, "steps", step, "moment_of_truth", value);
  return (
    <Stack gap={4}>
      <Checkbox
        size="xs"
        label={words.momentOfTruth}
        description={words.momentHint}
        disabled={!mayWrite}
        checked={isOne}
        onChange={(event) => say(event.currentTarget.checked ? true : undefined)}
      />
      {isOne && (
        <Said
          label={words.momentReason}
          value={typeof said === "string" ? said : ""}
          onSay={(text) => say(text === "" ? true : text)}
        />
      )}
    </Stack>
  );
}

/** Which metrics of the map are measured at a step; targets of its own stay. */
function MetricsField({ step }: { readonly step: string }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const said = useFields("steps", step).metrics;
  const placed = Array.isArray(said) ? said : [];
  const idOf = (entry: unknown): string => String(isFields(entry) ? entry.metric : entry);
  const known = useAlike((store) =>
    store.children("metrics").map((id) => ({ value: id, label: String(store.fields("metrics", id).name ?? id) })),
  );
  const others = placed.map(idOf).filter((id) => !known.some((each) => each.value === id));
  const data = [...known, ...others.map((id) => ({ value: id, label: id }))];
  if (data.length === 0) return null;
  return (
    <MultiSelect
      size="xs"
      label={words.metrics}
      description={words.metricsHint}
      readOnly={!mayWrite}
      data={data}
      value={placed.map(idOf)}
      onChange={(ids) => {
        const wanted = ids.map((id) => placed.find((entry) => idOf(entry) === id) ?? id);
        setField(editing, "steps", step, "metrics", wanted.length === 0 ? undefined : wanted);
      }}
    />
  );
}
