import { Anchor, Button, Group, Stack, Text, VisuallyHidden } from "@mantine/core";
import { IconEye, IconRestore } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import type { Figure, HomeFigures, HomeView, Tile } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Asked } from "../base/states/Asked";
import { useWords } from "../base/words";
import { isFigure, moved, movedTo, placeOf, toggledHidden, toggledSize } from "./arranging";
import { type HomeFunction, useArrange, useView } from "./asking";
import { FigureGrid, FiguresOnTheirWay } from "./FigureGrid";
import { useFigureName } from "./figureFormat";
import { homeWords } from "./homeWords";
import { Panels } from "./Panels";
import type { TileActions } from "./TileFrame";

interface ViewProps {
  readonly view: HomeFunction;
  readonly answered: HomeFigures;
  readonly arranging: boolean;
}

/** What a function sees, as the person arranged it. */
export function View(props: ViewProps) {
  return <Asked query={useView(props.view)}>{(found) => <Arranged {...props} found={found} />}</Asked>;
}

function Arranged({ view, answered, arranging, found }: ViewProps & { readonly found: HomeView }) {
  const words = useWords(homeWords);
  const [said, say] = useState("");
  const { figures, period } = answered;
  const arrange = useArrange(view);
  const name = useTileName(figures);
  const { tiles } = found;
  const actions = useActions(tiles, arrange, name, say);
  const shown = tiles.filter((each) => !each.hidden);
  const hidden = tiles.filter((each) => each.hidden && name(each.id) !== undefined);
  return (
    <Stack gap="sm">
      {arranging && (
        <Group justify="space-between" gap="xs">
          <Text size="xs" c="dimmed" maw={720}>
            {words.arrangeHint}
          </Text>
          {found.is_own && (
            <Button
              variant="subtle"
              color="gray"
              size="compact-xs"
              leftSection={<IconRestore size={14} />}
              onClick={() => arrange(null)}
            >
              {words.reset}
            </Button>
          )}
        </Group>
      )}
      {answered.working !== null || period == null ? (
        <FiguresOnTheirWay working={answered.working} />
      ) : (
        <FigureGrid
          tiles={shown.filter(isFigure)}
          figures={figures}
          period={period}
          actions={arranging ? actions : undefined}
        />
      )}
      {view !== "service" && figures.length > 0 && figures.every((each) => !each.id.startsWith("conversion:")) && (
        <Text size="xs" c="dimmed">
          {words.noConversions}{" "}
          <Anchor component={Link} to="/settings/journeys" underline="always">
            {words.defineJourney}
          </Anchor>
        </Text>
      )}
      <Panels
        tiles={shown.filter((each) => !isFigure(each))}
        view={view}
        name={(id) => name(id) ?? id}
        actions={arranging ? actions : undefined}
      />
      {arranging && hidden.length > 0 && (
        <Group gap={6} role="group" aria-label={words.hidden}>
          <Text size="xs" c="dimmed">
            {words.hidden}:
          </Text>
          {hidden.map((each) => (
            <Button
              key={each.id}
              variant="default"
              size="compact-xs"
              leftSection={<IconEye size={13} />}
              onClick={() => actions.hide(each.id)}
            >
              {name(each.id)}
            </Button>
          ))}
        </Group>
      )}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </Stack>
  );
}

/** The names of tiles; undefined for one of which nothing is known. */
function useTileName(figures: readonly Figure[]): (id: string) => string | undefined {
  const words = useWords(homeWords);
  const named = useFigureName();
  const panels: Readonly<Record<string, string>> = {
    "panel:findings": words.findings,
    "panel:maps": words.maps,
    "panel:freshness": words.freshness,
  };
  return (id) => {
    const figure = figures.find((each) => `figure:${each.id}` === id);
    return figure === undefined ? panels[id] : named(figure).name;
  };
}

function useActions(
  tiles: readonly Tile[],
  arrange: (tiles: readonly Tile[]) => void,
  name: (id: string) => string | undefined,
  say: (text: string) => void,
): TileActions {
  const words = useWords(homeWords);
  const { count } = useFormat();
  const place = (next: readonly Tile[], id: string): void => {
    if (next !== tiles) arrange(next);
    const at = placeOf(next, id);
    say(words.moved(name(id) ?? id, count(at.place), count(at.of)));
  };
  return {
    move: (id, by) => place(moved(tiles, id, by), id),
    moveTo: (id, target) => place(movedTo(tiles, id, target), id),
    resize: (id) => arrange(toggledSize(tiles, id)),
    hide: (id) => {
      const next = toggledHidden(tiles, id);
      arrange(next);
      const told = next.find((each) => each.id === id)?.hidden ? words.hiddenNow : words.shownNow;
      say(told(name(id) ?? id));
    },
  };
}
