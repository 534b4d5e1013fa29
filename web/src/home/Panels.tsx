import type { ReactNode } from "react";
import type { Tile } from "../base/api/schema.gen";
import type { HomeFunction } from "./asking";
import { Findings } from "./Findings";
import { Freshness } from "./Freshness";
import classes from "./HomePage.module.css";
import { MapsToReview } from "./MapsToReview";
import { type TileActions, TileFrame } from "./TileFrame";

interface PanelsProps {
  readonly tiles: readonly Tile[];
  readonly view: HomeFunction;
  readonly name: (id: string) => string;
  readonly actions?: TileActions | undefined;
}

/** The panels: large ones in the main column, small ones beside it. */
export function Panels({ tiles, view, name, actions }: PanelsProps) {
  const columns = [tiles.filter((each) => each.size === "large"), tiles.filter((each) => each.size === "small")];
  const filled = columns.filter((each) => each.length > 0);
  return (
    <div className={classes.columns} data-both={filled.length > 1 || undefined}>
      {filled.map((column) => (
        <div key={column[0]?.size} className={classes.column}>
          {column.map((tile) => (
            <TileFrame key={tile.id} tile={tile} name={name(tile.id)} actions={actions}>
              {panel(tile.id, view)}
            </TileFrame>
          ))}
        </div>
      ))}
    </div>
  );
}

function panel(id: string, view: HomeFunction): ReactNode {
  if (id === "panel:findings") return <Findings view={view} />;
  return id === "panel:maps" ? <MapsToReview /> : <Freshness />;
}
