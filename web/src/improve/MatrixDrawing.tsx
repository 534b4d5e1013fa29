import { useMemo } from "react";
import type { OpportunityAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { improveWords } from "./improveWords";
import classes from "./Matrix.module.css";
import { type Box, placeLabels, spread } from "./placing";

interface MatrixDrawingProps {
  readonly opportunities: readonly OpportunityAnswer[];
  readonly width: number;
  readonly onOpen: (id: string) => void;
}

const MARGIN = { left: 44, top: 12, right: 12, bottom: 44 };
const NARROW = 620;
const LETTER = 6.3;
const LINE = 16;
const SHARES = { start: 0, middle: 0.5, end: 1 } as const;
const TICKS = [1, 2, 3, 4, 5];
const [LEAST, MOST, MIDDLE] = [0.6, 5.4, 3];
const CORNERS = [
  { name: "quick win", right: false, low: false },
  { name: "big bet", right: true, low: false },
  { name: "fill-in", right: false, low: true },
  { name: "think twice", right: true, low: true },
] as const;

/** The circles, their labels, the four fields. */
export function MatrixDrawing({ opportunities, width, onOpen }: MatrixDrawingProps) {
  const words = useWords(improveWords);
  const { count, number } = useFormat();
  const height = Math.min(Math.max(width * 0.58, 360), 620);
  const bounds: Box = useMemo(
    () => ({
      left: MARGIN.left,
      top: MARGIN.top + 22,
      right: width - MARGIN.right,
      bottom: height - MARGIN.bottom - 22,
    }),
    [width, height],
  );
  const x = (effort: number): number => MARGIN.left + part(effort) * (width - MARGIN.left - MARGIN.right);
  const y = (value: number): number => height - MARGIN.bottom - part(value) * (height - MARGIN.top - MARGIN.bottom);
  const narrow = width < NARROW;
  const circles = spread(
    opportunities.map((each) => {
      const label = narrow ? "" : labelOf(each);
      return {
        opportunity: each,
        label,
        x: x(each.effort ?? MIDDLE),
        y: y(each.value ?? MIDDLE),
        radius: 9 + 2 * Math.sqrt(Math.min(each.evidence, 16)),
        width: LETTER * label.length,
        height: LINE,
      };
    }),
    bounds,
  );
  const labels = placeLabels(circles, bounds);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing is no form
    <svg width={width} height={height} role="group" aria-label={words.matrixLabel(count(opportunities.length))}>
      <Fields width={width} height={height} x={x(MIDDLE)} y={y(MIDDLE)} />
      {TICKS.map((tick) => (
        <g key={tick} className={classes.tick} aria-hidden>
          <text x={x(tick)} y={height - MARGIN.bottom + 16} textAnchor="middle">
            {tick}
          </text>
          <text x={MARGIN.left - 8} y={y(tick) + 4} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      <text className={classes.axis} x={(MARGIN.left + width) / 2} y={height - 8} textAnchor="middle" aria-hidden>
        {words.effortAxis}
      </text>
      <text
        className={classes.axis}
        transform={`translate(12 ${height / 2}) rotate(-90)`}
        textAnchor="middle"
        aria-hidden
      >
        {words.valueAxis}
      </text>
      {circles.map(({ opportunity, label, ...circle }, place) => {
        const at = labels[place] ?? { x: circle.x, y: circle.y, anchor: "start" as const, led: false };
        const told = words.point(
          `${rankOf(opportunity)}. ${label || opportunity.title}`,
          number(opportunity.value),
          number(opportunity.effort),
          words.evidence(count(opportunity.evidence)),
        );
        return (
          // biome-ignore lint/a11y/useSemanticElements: there are no buttons in a drawing
          <g
            key={opportunity.id}
            role="button"
            tabIndex={0}
            aria-haspopup="dialog"
            aria-label={told}
            className={classes.bubble}
            data-status={opportunity.status}
            onClick={() => onOpen(opportunity.id)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" && event.key !== " ") return;
              event.preventDefault();
              onOpen(opportunity.id);
            }}
          >
            <title>{opportunity.title}</title>
            {at.led && !narrow && (
              <line x1={circle.x} y1={circle.y} x2={at.x + circle.width * SHARES[at.anchor]} y2={at.y + LINE / 2} />
            )}
            <circle cx={circle.x} cy={circle.y} r={circle.radius} />
            <text className={classes.rank} x={circle.x} y={circle.y + 4} textAnchor="middle">
              {rankOf(opportunity)}
            </text>
            <text
              className={classes.label}
              x={at.x + circle.width * SHARES[at.anchor]}
              y={at.y + LINE - 4}
              textAnchor={at.anchor}
            >
              {label}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

interface FieldsProps {
  readonly width: number;
  readonly height: number;
  readonly x: number;
  readonly y: number;
}

function Fields({ width, height, x, y }: FieldsProps) {
  const words = useWords(improveWords);
  const [left, top, right, bottom] = [MARGIN.left, MARGIN.top, width - MARGIN.right, height - MARGIN.bottom];
  return (
    <g aria-hidden>
      <rect className={classes.best} x={left} y={top} width={x - left} height={y - top} />
      <rect className={classes.border} x={left} y={top} width={right - left} height={bottom - top} />
      <line className={classes.middle} x1={x} x2={x} y1={top} y2={bottom} />
      <line className={classes.middle} x1={left} x2={right} y1={y} y2={y} />
      {CORNERS.map((corner) => (
        <text
          key={corner.name}
          className={classes.corner}
          x={corner.right ? right - 10 : left + 10}
          y={corner.low ? bottom - 9 : top + 18}
          textAnchor={corner.right ? "end" : "start"}
        >
          {words.quadrant[corner.name]}
        </text>
      ))}
    </g>
  );
}

function part(value: number): number {
  return (value - LEAST) / (MOST - LEAST);
}

function rankOf({ rank }: OpportunityAnswer): string {
  return rank === null ? "–" : String(rank);
}

function labelOf(opportunity: OpportunityAnswer): string {
  const title = opportunity.title.replace(/^(How might we|Wie könnten wir) /, "… ");
  return title.length > 56 ? `${title.slice(0, 55).trimEnd()}…` : title;
}
