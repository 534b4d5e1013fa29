import { memo } from "react";
import { type Column, spansOf } from "../places";
import { useAlike, useFields } from "../reading";
import { CurveCell } from "./CurveCell";
import { EmotionCurve } from "./EmotionCurve";
import classes from "./Grid.module.css";
import { LaneHead } from "./LaneHead";
import type { MeasuredSteps } from "./measuredSteps";
import { TextCell } from "./TextCell";

interface LaneRowProps {
  readonly lane: string;
  readonly columns: readonly Column[];
  readonly measured: MeasuredSteps | undefined;
}

/** A lane: its label, and what it says at each step. */
export const LaneRow = memo(function LaneRow({ lane, columns, measured }: LaneRowProps) {
  const role = String(useFields("lanes", lane).role ?? "custom");
  const isCurve = role === "emotion" || role === "tension";
  const spans = useAlike((store) => spansOf(store, lane, columns));
  return (
    <div role="row" className={`${classes.row} ${isCurve ? classes.curveRow : ""}`}>
      <LaneHead lane={lane} />
      {columns.map(({ phase, step }, place) => {
        const width = spans?.[place] ?? 1;
        if (step === undefined) return <div key={phase} className={classes.cell} role="presentation" />;
        if (width === 0) return null;
        return isCurve ? (
          <CurveCell key={step} lane={lane} step={step} role={role} />
        ) : (
          <TextCell key={step} lane={lane} step={step} span={width} role={role} />
        );
      })}
      {isCurve && <EmotionCurve lane={lane} columns={columns} role={role} measured={measured} />}
    </div>
  );
});
