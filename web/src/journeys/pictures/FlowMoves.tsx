import type { FlowMove } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { useWords } from "../../base/words";
import { journeysWords } from "../journeysWords";
import { arrowHead, headLength, lineOf, shortened } from "./arrows";
import classes from "./Flow.module.css";
import { Part } from "./Part";

interface FlowMovesProps {
  readonly moves: readonly FlowMove[];
  readonly onPoint: (text: string) => void;
  readonly behind: (move: FlowMove) => string;
}

/** The arrows of a flow with their numbers, the most frequent ones on top. */
export function FlowMoves({ moves, onPoint, behind }: FlowMovesProps) {
  const words = useWords(journeysWords);
  const format = useFormat();
  const describe = (move: FlowMove) =>
    move.kind === "start"
      ? words.picture.begins(move.target.name, format.count(move.edge.count))
      : words.picture.move(
          move.source.name,
          move.target.name,
          format.count(move.edge.count),
          format.count(move.edge.customers ?? 0),
          format.duration(move.edge.median_seconds),
        );
  return (
    <>
      {[...moves].reverse().map((move) => (
        <Part
          key={`${move.source.name}→${move.target.name}→${move.kind}`}
          text={describe(move)}
          className={`${classes.move ?? ""} ${classes[move.kind] ?? ""}`}
          onPoint={onPoint}
          behind={behind(move)}
        >
          <path className={classes.reach} d={lineOf(move.curve)} />
          <path className={classes.line} d={lineOf(shortened(move, headLength(move)))} strokeWidth={move.thickness} />
          <path className={classes.head} d={arrowHead(move, headLength(move))} />
        </Part>
      ))}
      <g aria-hidden className={classes.labels}>
        {moves
          .filter((move) => move.label.shown)
          .map((move) => (
            <text
              key={`${move.source.name}→${move.target.name}→${move.kind}`}
              className={`${classes.label ?? ""} ${classes[move.kind] ?? ""}`}
              x={move.label.middle.x}
              y={move.label.middle.y + 4}
            >
              {move.label.text}
            </text>
          ))}
      </g>
    </>
  );
}
