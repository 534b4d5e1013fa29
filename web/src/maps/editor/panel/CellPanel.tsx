import { Select } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useWords } from "../../../base/words";
import { removeHere } from "../actions";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { setUntil } from "../model/commands/cells";
import { useAlike, useCell, useFields } from "../reading";
import { CellOpportunities } from "./CellOpportunities";
import { ClaimsField } from "./ClaimsField";
import { Doings } from "./Doings";
import { FeelingField } from "./FeelingField";
import { PictureField } from "./PictureField";
import { TouchpointsField } from "./TouchpointsField";

/** What a lane says at a step: claims and how they are known, feeling, touchpoints, a picture. */
export function CellPanel({ lane, step }: { readonly lane: string; readonly step: string }) {
  const words = useWords(editorWords);
  const { editing, selection } = useEditor();
  const role = String(useFields("lanes", lane).role ?? "custom");
  const view = useCell(lane, step);
  const isCurve = role === "emotion" || role === "tension";
  const hasPicture = role === "storyboard" || view.fields.picture !== undefined;
  return (
    <>
      {isCurve && <FeelingField lane={lane} step={step} role={role} />}
      {(role === "touchpoints" || view.touchpoints.length > 0) && <TouchpointsField lane={lane} step={step} />}
      {hasPicture && <PictureField lane={lane} step={step} />}
      {(role === "opportunities" || role === "solutions" || view.fields.opportunities !== undefined) && (
        <CellOpportunities lane={lane} step={step} />
      )}
      {(role !== "touchpoints" || view.claims.length > 0) && <ClaimsField lane={lane} step={step} />}
      {!isCurve && <UntilField lane={lane} step={step} />}
      {view.ids.length > 0 && (
        <Doings
          doings={[
            {
              label: words.remove,
              icon: <IconTrash size={13} />,
              onClick: () => removeHere({ editing, selection, words }, { kind: "cell", lane, step }),
            },
          ]}
        />
      )}
    </>
  );
}

/** The last step that a cell spans. */
function UntilField({ lane, step }: { readonly lane: string; readonly step: string }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const until = useCell(lane, step).fields.until;
  const later = useAlike((store) => {
    const steps = store.steps();
    return steps
      .slice(steps.indexOf(step) + 1)
      .map((id) => ({ value: id, label: String(store.fields("steps", id).name ?? id) }));
  });
  if (later.length === 0) return null;
  return (
    <Select
      size="xs"
      label={words.until}
      placeholder={words.untilOwn}
      clearable
      searchable
      readOnly={!mayWrite}
      data={later}
      value={typeof until === "string" ? until : null}
      onChange={(value) => setUntil(editing, lane, step, value ?? undefined)}
    />
  );
}
