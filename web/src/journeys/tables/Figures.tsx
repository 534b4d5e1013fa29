import { Text } from "@mantine/core";
import { useFormat } from "../../base/format";
import { useWords } from "../../base/words";
import { journeysWords } from "../journeysWords";
import { Opens } from "./Cell";
import classes from "./Figures.module.css";
import type { Figure } from "./model";
import { useCellText } from "./writing";

/** The numbers that stand for the whole answer. */
export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  if (figures.length === 0) return null;
  return (
    <dl className={classes.figures}>
      {figures.map((each) => (
        <OneFigure key={each.key} figure={each} />
      ))}
    </dl>
  );
}

function OneFigure({ figure }: { readonly figure: Figure }) {
  const words = useWords(journeysWords);
  const format = useFormat();
  const write = useCellText();
  const [low, high] = figure.interval ?? [null, null];
  const beside = [
    low !== null && high !== null
      ? `${write(figure.kind, low, { short: true })} ${words.table.to} ${write(figure.kind, high, { short: true })}`
      : "",
    figure.n === undefined ? "" : `n = ${format.count(figure.n)}`,
  ].filter((each) => each !== "");
  const shown = write(figure.kind, figure.value, { currency: figure.currency });
  return (
    <div className={classes.figure}>
      <Text component="dt" size="xs" c="dimmed">
        {words.figures[figure.key]}
      </Text>
      <dd className={classes.value}>
        <span className={classes.number}>
          {figure.behind === undefined || figure.value === 0 || figure.value === null ? (
            shown
          ) : (
            <Opens behind={figure.behind}>{shown}</Opens>
          )}
        </span>
        {beside.length > 0 && <span className={classes.beside}>{beside.join(" · ")}</span>}
      </dd>
    </div>
  );
}
