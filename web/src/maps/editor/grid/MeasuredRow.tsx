import type { StepRow } from "../../../base/api/schema.gen";
import { useFormat } from "../../../base/format";
import { useWords } from "../../../base/words";
import { editorWords } from "../editorWords";
import type { Column } from "../places";
import classes from "./Grid.module.css";
import type { MeasuredSteps } from "./measuredSteps";

interface MeasuredRowProps {
  readonly columns: readonly Column[];
  readonly measured: MeasuredSteps;
}

/** What was measured at each step: numbers, never part of what people say. */
export function MeasuredRow({ columns, measured }: MeasuredRowProps) {
  const words = useWords(editorWords);
  return (
    <div role="row" className={classes.row}>
      <div role="rowheader" className={classes.label}>
        {words.measured}
      </div>
      {columns.map(({ phase, step }) => (
        <MeasuredCell
          key={step ?? phase}
          row={step === undefined ? undefined : measured.steps.get(step)}
          n={measured.journeys}
        />
      ))}
    </div>
  );
}

function MeasuredCell({ row, n }: { readonly row: StepRow | undefined; readonly n: number }) {
  const words = useWords(editorWords);
  const format = useFormat();
  const share = row?.reached_share;
  if (row === undefined || share === null || share === undefined) {
    const state = row?.binding === "broken" ? words.broken : row?.binding === "silent" ? words.silent : words.unbound;
    return (
      <div role="gridcell" className={classes.measured}>
        <span className={classes.marks}>{state}</span>
      </div>
    );
  }
  const interval = format.interval(row.reached_low, row.reached_high);
  const more = [
    row.left_share === null ? "" : words.left(format.share(row.left_share)),
    row.skipped_share === null || row.skipped_share === 0 ? "" : words.skipped(format.share(row.skipped_share)),
    row.median_seconds_from_previous === null
      ? ""
      : words.medianShort(format.duration(row.median_seconds_from_previous)),
  ].filter((each) => each !== "");
  return (
    <div
      role="gridcell"
      className={classes.measured}
      title={words.reachedAll(format.share(share), interval, format.count(n))}
    >
      <strong>{format.share(share)}</strong> {words.reached}
      <span className={classes.marks}>
        {interval} · n = {format.count(n)}
      </span>
      <div className={classes.share} aria-hidden>
        <div style={{ width: `${String(share * 100)}%` }} />
      </div>
      {more.map((each) => (
        <div key={each}>{each}</div>
      ))}
      {row.binding === "silent" && <div>{words.silent}</div>}
    </div>
  );
}
