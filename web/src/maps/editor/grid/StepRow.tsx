import { ActionIcon, Tooltip } from "@mantine/core";
import { IconDiamond, IconLink, IconPlus } from "@tabler/icons-react";
import { memo } from "react";
import { useWords } from "../../../base/words";
import { newStep } from "../actions";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import type { Column } from "../places";
import { useFields } from "../reading";
import { DetailLink } from "./DetailLink";
import classes from "./Grid.module.css";
import { NamePlace } from "./NamePlace";
import { WayHandle } from "./WayHandle";

/** The row of steps. */
export const StepRow = memo(function StepRow({ columns }: { readonly columns: readonly Column[] }) {
  const words = useWords(editorWords);
  return (
    <div role="row" className={`${classes.row} ${classes.stepHead}`}>
      <div className={classes.corner} role="presentation">
        {words.steps}
      </div>
      {columns.map((column) =>
        column.step === undefined ? (
          <FirstStep key={column.phase} phase={column.phase} />
        ) : (
          <StepHead key={column.step} step={column.step} />
        ),
      )}
    </div>
  );
});

const StepHead = memo(function StepHead({ step }: { readonly step: string }) {
  const words = useWords(editorWords);
  const fields = useFields("steps", step);
  const name = String(fields.name ?? "");
  const isBound = fields.binding !== undefined;
  const detail = typeof fields.map === "string" ? fields.map : undefined;
  const isMoment = fields.moment_of_truth !== undefined && fields.moment_of_truth !== false;
  const said = [
    `${words.step}: ${name}`,
    isMoment ? words.momentOfTruth : "",
    fields.optional === true ? words.optional : "",
    isBound ? words.bound : "",
  ];
  return (
    <NamePlace
      place={{ kind: "step", step }}
      id={step}
      thing="steps"
      text={name}
      className={classes.step ?? ""}
      textClassName={classes.stepName ?? ""}
      span={1}
      label={said.filter((each) => each !== "").join(", ")}
      handle={<WayHandle step={step} name={name} />}
    >
      {(isBound || isMoment || detail !== undefined || fields.optional === true) && (
        <span className={classes.marks}>
          {isMoment && (
            <span className={classes.mark} title={words.momentOfTruth}>
              <IconDiamond size={12} aria-hidden />
            </span>
          )}
          {isBound && (
            <span className={classes.mark} title={words.bound}>
              <IconLink size={12} aria-hidden />
            </span>
          )}
          {detail !== undefined && <DetailLink map={detail} />}
          {fields.optional === true && <span>({words.optionalShort})</span>}
        </span>
      )}
    </NamePlace>
  );
});

/** The place for the first step of a phase. */
function FirstStep({ phase }: { readonly phase: string }) {
  const words = useWords(editorWords);
  const { editing, selection, mayWrite } = useEditor();
  return (
    <div className={classes.step} role="presentation">
      {mayWrite && (
        <Tooltip label={words.addStep}>
          <ActionIcon
            variant="subtle"
            aria-label={words.addStep}
            onClick={() => {
              selection.go({ kind: "phase", phase });
              newStep({ editing, selection, words });
            }}
          >
            <IconPlus size={16} />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}
