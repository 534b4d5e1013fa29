import { ActionIcon, Group, Paper, Text, Tooltip } from "@mantine/core";
import {
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconChevronLeft,
  IconChevronRight,
  IconEyeOff,
  IconGripVertical,
} from "@tabler/icons-react";
import type { KeyboardEvent, ReactNode } from "react";
import type { Tile } from "../base/api/schema.gen";
import { useWords } from "../base/words";
import { isFigure } from "./arranging";
import { homeWords } from "./homeWords";
import classes from "./TileFrame.module.css";

/** What can be done with a tile while the view is arranged. */
export interface TileActions {
  readonly move: (id: string, by: -1 | 1) => void;
  readonly moveTo: (id: string, target: string) => void;
  readonly hide: (id: string) => void;
  readonly resize: (id: string) => void;
}

interface TileFrameProps {
  readonly tile: Tile;
  readonly name: string;
  /** Undefined while nothing is arranged. */
  readonly actions?: TileActions | undefined;
  readonly children: ReactNode;
}

const DRAGGED = "application/x-desireline-tile";

/** The place of a tile; while the view is arranged it can be dragged, moved by keys, resized and hidden. */
export function TileFrame({ tile, name, actions, children }: TileFrameProps) {
  const size = isFigure(tile) ? tile.size : undefined;
  if (actions === undefined) {
    return (
      <Paper component="section" aria-label={name} p="md" className={classes.tile} data-size={size}>
        {children}
      </Paper>
    );
  }
  return (
    <Paper
      component="section"
      aria-label={name}
      p="md"
      className={classes.tile}
      data-size={size}
      data-arranging
      draggable
      onDragStart={(event) => event.dataTransfer.setData(DRAGGED, tile.id)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        actions.moveTo(event.dataTransfer.getData(DRAGGED), tile.id);
      }}
    >
      <Bar tile={tile} name={name} actions={actions} />
      <div className={classes.still} inert>
        {children}
      </div>
    </Paper>
  );
}

function Bar({ tile, name, actions }: { readonly tile: Tile; readonly name: string; readonly actions: TileActions }) {
  const words = useWords(homeWords);
  const large = tile.size === "large";
  const resize = isFigure(tile) ? (large ? words.smaller : words.larger) : large ? words.toSide : words.toMain;
  return (
    <Group gap={2} mb="xs" className={classes.bar}>
      <Tool label={words.handle(name)} onKeyDown={(event) => onKey(event, tile.id, actions)} isHandle>
        <IconGripVertical size={16} />
      </Tool>
      <Text size="xs" className={classes.title} aria-hidden>
        {name}
      </Text>
      <Tool label={words.earlier} onClick={() => actions.move(tile.id, -1)}>
        <IconChevronLeft size={16} />
      </Tool>
      <Tool label={words.later} onClick={() => actions.move(tile.id, 1)}>
        <IconChevronRight size={16} />
      </Tool>
      <Tool label={resize} onClick={() => actions.resize(tile.id)}>
        {large ? <IconArrowsMinimize size={15} /> : <IconArrowsMaximize size={15} />}
      </Tool>
      <Tool label={words.hide} onClick={() => actions.hide(tile.id)}>
        <IconEyeOff size={16} />
      </Tool>
    </Group>
  );
}

interface ToolProps {
  readonly label: string;
  readonly isHandle?: boolean;
  readonly onClick?: () => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  readonly children: ReactNode;
}

function Tool({ label, isHandle = false, onClick, onKeyDown, children }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={label}
        style={isHandle ? { cursor: "grab" } : undefined}
        {...(onClick === undefined ? {} : { onClick })}
        {...(onKeyDown === undefined ? {} : { onKeyDown })}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

function onKey(event: KeyboardEvent, id: string, actions: TileActions): void {
  const does: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => actions.move(id, -1),
    ArrowUp: () => actions.move(id, -1),
    ArrowRight: () => actions.move(id, 1),
    ArrowDown: () => actions.move(id, 1),
    s: () => actions.resize(id),
    h: () => actions.hide(id),
  };
  const found = event.ctrlKey || event.metaKey || event.altKey ? undefined : does[event.key];
  if (found === undefined) return;
  event.preventDefault();
  found();
}
