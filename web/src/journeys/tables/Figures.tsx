import { Text } from "@mantine/core";
import { useWords } from "../../base/words";
import { journeysWords } from "../journeysWords";
import { Beside, Opens } from "./Cell";
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
  const write = useCellText();
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
        <Beside kind={figure.kind} interval={figure.interval} n={figure.n} behindN={figure.behindN} />
      </dd>
      {figure.told !== undefined && (
        <Text component="dd" size="xs" c="dimmed" m={0} maw={260}>
          {words.told[figure.told]}
        </Text>
      )}
    </div>
  );
}
