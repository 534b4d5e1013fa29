import { memo } from "react";
import { useWords } from "../../../base/words";
import { editorWords } from "../editorWords";
import type { Column } from "../places";
import { useFields } from "../reading";
import classes from "./Grid.module.css";
import { MapCorner } from "./MapCorner";
import { NamePlace } from "./NamePlace";

/** The row of phases, each as wide as its steps. */
export const PhaseRow = memo(function PhaseRow({ columns }: { readonly columns: readonly Column[] }) {
  const phases = columns.map((column) => column.phase).filter((phase, place, all) => all.indexOf(phase) === place);
  return (
    <div role="row" className={`${classes.row} ${classes.head}`}>
      <MapCorner />
      {phases.map((phase) => (
        <PhaseHead key={phase} phase={phase} width={columns.filter((column) => column.phase === phase).length} />
      ))}
    </div>
  );
});

interface PhaseHeadProps {
  readonly phase: string;
  readonly width: number;
}

const PhaseHead = memo(function PhaseHead({ phase, width }: PhaseHeadProps) {
  const words = useWords(editorWords);
  const name = String(useFields("phases", phase).name ?? "");
  return (
    <NamePlace
      place={{ kind: "phase", phase }}
      id={phase}
      thing="phases"
      text={name}
      className={classes.phase ?? ""}
      textClassName={classes.phaseName ?? ""}
      span={width}
      label={`${words.phase}: ${name}`}
    />
  );
});
