import type { DifferenceAnswer } from "../../base/api/schema.gen";
import classes from "./Differences.module.css";

const WIDTH = 180;

/** A difference with its interval on a line around zero; all rows on one scale. */
export function DifferenceBar({ row, widest }: { readonly row: DifferenceAnswer; readonly widest: number }) {
  if (row.difference === null) return null;
  const at = (value: number) => WIDTH / 2 + (value / widest) * (WIDTH / 2 - 4);
  const sure = row.is_sure || undefined;
  return (
    <svg className={classes.bar} viewBox={`0 0 ${String(WIDTH)} 22`} preserveAspectRatio="none" aria-hidden="true">
      <line className={classes.zero} x1={WIDTH / 2} x2={WIDTH / 2} y1={2} y2={20} />
      {row.low !== null && row.high !== null && (
        <line className={classes.interval} data-sure={sure} x1={at(row.low)} x2={at(row.high)} y1={11} y2={11} />
      )}
      <circle className={classes.point} data-sure={sure} cx={at(row.difference)} cy={11} r={3.5} />
    </svg>
  );
}
