import { Skeleton, Text } from "@mantine/core";
import type { Figure, HomePeriod, Tile, Working } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { FigureTile } from "./FigureTile";
import { useFigureName } from "./figureFormat";
import classes from "./HomePage.module.css";
import { homeWords } from "./homeWords";
import { type TileActions, TileFrame } from "./TileFrame";

interface FigureGridProps {
  readonly tiles: readonly Tile[];
  readonly figures: readonly Figure[];
  readonly period: HomePeriod;
  readonly actions?: TileActions | undefined;
}

/** The key figures that are shown, in their order. */
export function FigureGrid({ tiles, figures, period, actions }: FigureGridProps) {
  const words = useWords(homeWords);
  const named = useFigureName();
  const known = new Map(figures.map((each) => [`figure:${each.id}`, each]));
  return (
    <section aria-label={words.figures} className={classes.figures}>
      {tiles.map((tile) => {
        const figure = known.get(tile.id);
        if (figure === undefined) return null;
        return (
          <TileFrame key={tile.id} tile={tile} name={named(figure).name} actions={actions}>
            <FigureTile figure={figure} period={period} large={tile.size === "large"} />
          </TileFrame>
        );
      })}
    </section>
  );
}

/** The places of figures that are on their way, and how far that is. */
export function FiguresOnTheirWay({ working }: { readonly working: Working | null }) {
  const words = useWords(homeWords);
  const { share } = useFormat();
  const known = working?.total ? ` · ${words.workingStep(share((working.done ?? 0) / working.total))}` : "";
  return (
    <div>
      <div className={classes.figures} aria-hidden>
        {[0, 1, 2, 3, 4, 5, 6, 7].map((place) => (
          <Skeleton key={place} height={150} />
        ))}
      </div>
      <Text size="xs" c="dimmed" mt="xs" role="status">
        {words.working}
        {known}
      </Text>
    </div>
  );
}
