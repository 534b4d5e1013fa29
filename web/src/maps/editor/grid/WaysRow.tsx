import { memo } from "react";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import type { Store } from "../model/Store";
import type { Column } from "../places";
import { useAlike, useSelected } from "../reading";
import classes from "./Grid.module.css";

const HEIGHT = 44;
/** With more ways than this, only those of the selected step stand out. */
const MANY = 8;

interface Way {
  readonly from: number;
  /** Undefined: an end. */
  readonly to: number | undefined;
  readonly names: readonly [string, string];
}

/** The ways that are not simply to the next step: branches and loops as arrows, ends as bars. */
export const WaysRow = memo(function WaysRow({ columns }: { readonly columns: readonly Column[] }) {
  const words = useWords(editorWords);
  const { selection } = useEditor();
  const ways = useAlike((store) => waysOf(store, columns));
  const chosen = useSelected(({ place }) => ("step" in place ? place.step : undefined));
  const at = columns.findIndex(({ step }) => step !== undefined && step === chosen);
  const isFaint = ({ from, to }: Way): boolean => (at < 0 ? ways.length > MANY : from !== at && to !== at);
  if (ways.length === 0) return null;
  const tell = ({ from, to, names }: Way): string =>
    to === undefined ? words.wayEnd(names[0]) : to > from ? words.wayOn(...names) : words.wayBack(...names);
  return (
    <div className={classes.waysRow} role="row">
      <div className={classes.waysLabel} role="rowheader">
        {words.waysShort}
      </div>
      <div role="gridcell" aria-colspan={columns.length}>
        <svg
          className={classes.ways}
          style={{ width: "calc(var(--columns) * var(--column))", height: HEIGHT }}
          viewBox={`0 0 ${String(columns.length * 188)} ${String(HEIGHT)}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${words.ways}: ${ways.map(tell).join("; ")}`}
        >
          <defs>
            <marker id="way-head" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="6" markerHeight="6" orient="auto">
              <path d="M0 0L8 4L0 8z" fill="context-stroke" />
            </marker>
          </defs>
          {ways.map((way) => (
            // biome-ignore lint/a11y/noStaticElementInteractions: the step is reached by the arrows, its ways are in its details
            <path
              key={`${String(way.from)}-${String(way.to)}`}
              className={classes.way}
              data-back={way.to !== undefined && way.to <= way.from ? "" : undefined}
              data-faint={isFaint(way) ? "" : undefined}
              d={drawn(way)}
              onClick={() => selection.go({ kind: "step", step: columns[way.from]?.step ?? "" })}
              markerEnd={way.to === undefined ? undefined : "url(#way-head)"}
            >
              <title>{tell(way)}</title>
            </path>
          ))}
        </svg>
      </div>
    </div>
  );
});

function waysOf(store: Store, columns: readonly Column[]): readonly Way[] {
  const place = new Map(columns.map(({ step }, index) => [step ?? "", index]));
  const name = (index: number): string => String(store.fields("steps", columns[index]?.step ?? "").name ?? "");
  return columns.flatMap(({ step }, from): readonly Way[] => {
    const next = step === undefined ? undefined : store.fields("steps", step).next;
    if (!Array.isArray(next)) return [];
    if (next.length === 0) return [{ from, to: undefined, names: [name(from), ""] }];
    return next
      .map((each) => place.get(String(each)))
      .filter((to) => to !== undefined && (next.length > 1 || to !== from + 1))
      .map((to) => ({ from, to: to as number, names: [name(from), name(to as number)] }));
  });
}

/** An arc from step to step, the higher the farther; an end is a bar. */
function drawn({ from, to }: Way): string {
  const x = (place: number): number => place * 188 + 94;
  if (to === undefined)
    return `M${String(x(from))} ${String(HEIGHT)}v-9M${String(x(from) - 8)} ${String(HEIGHT - 9)}h16`;
  const start = x(from) + (to > from ? 10 : -10);
  const end = x(to) + (to > from ? -10 : 10);
  const top = Math.max(4, 34 - Math.abs(to - from) * 9);
  return `M${String(start)} ${String(HEIGHT)}C${String(start)} ${String(top)} ${String(end)} ${String(top)} ${String(end)} ${String(HEIGHT - 3)}`;
}
