import type { FlowBox, FlowEnd, GraphNode } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { useWords } from "../../base/words";
import { journeysWords } from "../journeysWords";
import classes from "./Flow.module.css";
import { Part } from "./Part";

const LINE = 16;

interface FlowBoxesProps {
  readonly boxes: readonly FlowBox[];
  readonly onPoint: (text: string) => void;
  readonly behind: (node: GraphNode) => string;
  readonly behindEnd: (node: GraphNode) => string;
}

/** The touchpoints of a flow, each with how frequent it is beside the most frequent one. */
export function FlowBoxes({ boxes, onPoint, behind, behindEnd }: FlowBoxesProps) {
  const words = useWords(journeysWords);
  const format = useFormat();
  const most = Math.max(
    1,
    ...boxes.filter((box) => box.node.kind === "touchpoint").map((box) => box.node.interactions),
  );
  const describe = (node: GraphNode) =>
    node.kind === "start"
      ? words.picture.startBox(format.count(node.starts))
      : words.picture.box(
          node.name,
          format.count(node.interactions),
          format.count(node.customers),
          format.count(node.starts),
          format.count(node.ends),
        );
  return boxes.map((box) => (
    <g key={`${box.node.kind}-${box.node.name}`}>
      <Part
        text={describe(box.node)}
        className={`${classes.box ?? ""} ${box.node.kind === "start" ? (classes.marker ?? "") : ""}`}
        onPoint={onPoint}
        behind={behind(box.node)}
      >
        <BoxShape box={box} share={box.node.interactions / most} />
      </Part>
      <BoxText box={box} />
      {box.end !== null && (
        <Part
          text={`${box.node.name}: ${words.picture.end(format.count(box.node.ends))}`}
          className={classes.end}
          onPoint={onPoint}
          behind={behindEnd(box.node)}
        >
          <EndShape end={box.end} />
        </Part>
      )}
      {box.end !== null && <EndText end={box.end} />}
    </g>
  ));
}

function BoxShape({ box, share }: { readonly box: FlowBox; readonly share: number }) {
  const { area, node } = box;
  const marker = node.kind === "start";
  const room = area.width - 20;
  return (
    <>
      <rect
        x={area.x}
        y={area.y}
        width={area.width}
        height={area.height}
        rx={marker ? Math.min(area.height, 44) / 2 : 8}
      />
      {!marker && (
        <>
          <rect
            className={classes.rail}
            x={area.x + 10}
            y={area.y + area.height - 7.5}
            width={room}
            height={3}
            rx={1.5}
          />
          <rect
            className={classes.bar}
            x={area.x + 10}
            y={area.y + area.height - 7.5}
            width={Math.max(3, room * share)}
            height={3}
            rx={1.5}
          />
        </>
      )}
    </>
  );
}

/** What stands in a box; the box itself says it to those who do not see it. */
function BoxText({ box }: { readonly box: FlowBox }) {
  const format = useFormat();
  const { area, node, lines } = box;
  const middle = area.x + area.width / 2;
  const first = area.y + (area.height - (lines.length + 1) * LINE) / 2 + 12 - (node.kind === "start" ? 0 : 2);
  return (
    <g aria-hidden className={classes.texts}>
      {lines.map((line, row) => (
        <text key={line} className={classes.name} x={middle} y={first + row * LINE}>
          {line}
        </text>
      ))}
      <text className={classes.count} x={middle} y={first + lines.length * LINE}>
        {format.short(node.interactions)}
      </text>
    </g>
  );
}

function EndShape({ end }: { readonly end: FlowEnd }) {
  const { x, y } = end.start;
  const tip = y + end.length;
  const half = 3.4 + end.thickness * 0.5;
  const base = tip - 6 - end.thickness * 0.3;
  return (
    <>
      <rect className={classes.reach} x={x - half} y={y} width={64} height={end.length + 2} />
      <path
        className={classes.endLine}
        d={`M${String(x)},${String(y)}V${String(base + 1)}`}
        strokeWidth={end.thickness}
      />
      <path
        className={classes.endHead}
        d={`M${String(x)},${String(tip)}L${String(x - half)},${String(base)}H${String(x + half)}Z`}
      />
    </>
  );
}

function EndText({ end }: { readonly end: FlowEnd }) {
  const half = 3.4 + end.thickness * 0.5;
  return (
    <text
      aria-hidden
      className={`${classes.texts ?? ""} ${classes.endLabel ?? ""}`}
      x={end.start.x + half + 4}
      y={end.start.y + 14}
    >
      {end.text}
    </text>
  );
}
