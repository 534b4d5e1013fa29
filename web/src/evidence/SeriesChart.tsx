import { Text, VisuallyHidden } from "@mantine/core";
import type { SeriesAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { evidenceWords } from "./evidenceWords";
import { valueText } from "./numbers";
import classes from "./SeriesChart.module.css";
import { line, points } from "./seriesPoints";

const WIDTH = 340;
const HEIGHT = 90;

/** A small line of a figure over time with its interval; a table says the same to screen readers. */
export function SeriesChart({ series }: { readonly series: SeriesAnswer }) {
  const words = useWords(evidenceWords);
  const format = useFormat();
  const shown = points(series.points, WIDTH, HEIGHT);
  const told = (value: number | null): string => valueText(format, value, series.unit);
  const last = series.points.findLast((each) => each.value !== null);
  return (
    <figure className={classes.figure}>
      <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} aria-hidden>
        <title>{series.name}</title>
        {shown.map((each) => (
          <line
            key={`i${each.name}`}
            x1={each.x}
            x2={each.x}
            y1={each.low}
            y2={each.high}
            className={classes.interval}
          />
        ))}
        <polyline points={line(shown)} className={classes.line} />
        {shown.map((each) => (
          <circle key={each.name} cx={each.x} cy={each.y} r={3} className={classes.point} data-open={!each.isOver}>
            <title>{each.name}</title>
          </circle>
        ))}
      </svg>
      <figcaption>
        <Text size="xs" c="dimmed">
          {series.points[0]?.name} – {last?.name}: {told(series.points[0]?.value ?? null)} → {told(last?.value ?? null)}
          {last !== undefined && `, n = ${format.count(last.n)}`}
        </Text>
      </figcaption>
      <VisuallyHidden>
        <table>
          <caption>{words.measuresNames[series.measure] ?? series.measure}</caption>
          <tbody>
            {series.points.map((each) => (
              <tr key={each.name}>
                <th scope="row">{each.name}</th>
                <td>{told(each.value)}</td>
                <td>{`n = ${format.count(each.n)}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </figure>
  );
}
