import { useWords } from "../../../base/words";
import { editorWords } from "../editorWords";
import type { Store } from "../model/Store";
import type { Column } from "../places";
import { useAlike, useRead } from "../reading";
import { HEIGHT, heightOf, lineThrough, pointsOf, scaleOf } from "./curves";
import classes from "./Grid.module.css";
import type { MeasuredSteps } from "./measuredSteps";

interface EmotionCurveProps {
  readonly lane: string;
  readonly columns: readonly Column[];
  readonly role: string;
  readonly measured: MeasuredSteps | undefined;
}

/** The line through what a lane says; the measured one beside it is dashed and has squares. */
export function EmotionCurve({ lane, columns, role, measured }: EmotionCurveProps) {
  const words = useWords(editorWords);
  const points = useAlike((store) => pointsOf(store, lane, columns, role));
  const isFirst = useRead((store) => firstOfEmotion(store) === lane);
  const seen = isFirst ? measuredPoints(columns, measured) : [];
  const middle = heightOf(role === "tension" ? 3 : 0, scaleOf(role));
  const width = columns.length * 100;
  return (
    <svg
      className={classes.curve}
      style={{ width: "calc(var(--columns) * var(--column))", height: HEIGHT }}
      viewBox={`0 0 ${String(width)} ${String(HEIGHT)}`}
      preserveAspectRatio="none"
      aria-hidden
    >
      <line x1={0} x2={width} y1={middle} y2={middle} stroke="var(--mantine-color-default-border)" />
      <path
        d={lineThrough(points)}
        fill="none"
        stroke="var(--mantine-primary-color-filled)"
        strokeWidth={2}
        vectorEffect="non-scaling-stroke"
      />
      {seen.length > 0 && (
        <path
          d={lineThrough(seen)}
          fill="none"
          stroke="var(--mantine-color-dimmed)"
          strokeWidth={2}
          strokeDasharray="6 4"
          vectorEffect="non-scaling-stroke"
        >
          <title>{words.measured}</title>
        </path>
      )}
    </svg>
  );
}

/** The lane beside whose line the measured one stands: it is of everybody, so it stands once. */
function firstOfEmotion(store: Store): string | undefined {
  return store.children("lanes").find((each) => store.fields("lanes", each).role === "emotion");
}

function measuredPoints(columns: readonly Column[], measured: MeasuredSteps | undefined) {
  return columns.flatMap(({ step }, place) => {
    const value = step === undefined ? undefined : measured?.emotions.get(step)?.value;
    return step === undefined || value === undefined || value === null
      ? []
      : [{ step, x: place * 100 + 50, y: heightOf(Math.max(-2, Math.min(2, value)), [-2, 2]) }];
  });
}
