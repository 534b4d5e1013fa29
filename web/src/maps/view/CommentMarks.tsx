import { IconMessage } from "@tabler/icons-react";
import { type CSSProperties, useLayoutEffect, useRef, useState } from "react";
import { useWords } from "../../base/words";
import { laneRoles } from "../laneRoles";
import { mapsWords } from "../mapsWords";
import { outlineName } from "../panels/outlineName";
import { type About, openByPlace, readAbout, useThreads } from "../panels/threads";
import type { MapOutline } from "../readMap";
import classes from "./CommentMarks.module.css";

interface CommentMarksProps {
  readonly map: string;
  /** The drawing that they lie over; another one has its places elsewhere. */
  readonly svg: string;
  readonly outline: MapOutline;
  readonly onOpen: (about: About) => void;
}

interface Mark {
  readonly name: string;
  readonly about: About;
  readonly count: number;
  readonly style: CSSProperties;
}

/** Marks over the drawing of a map where somebody has commented on it; a click opens the thread. */
export function CommentMarks({ map, svg, outline, onOpen }: CommentMarksProps) {
  const words = useWords(mapsWords);
  const roles = useWords(laneRoles);
  const threads = useThreads(map).data?.threads;
  const frame = useRef<HTMLDivElement>(null);
  const [marks, setMarks] = useState<readonly Mark[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another drawing has its places elsewhere
  useLayoutEffect(() => {
    const found: Mark[] = [];
    for (const [name, count] of openByPlace(threads ?? [])) {
      const about = readAbout(name);
      const over = about === undefined ? undefined : elementsOf(map, outline, about);
      if (about === undefined || over === undefined || frame.current === null) continue;
      found.push({ name, about, count, style: placeOver(over, frame.current) });
    }
    setMarks(found);
  }, [map, svg, outline, threads]);
  return (
    <div ref={frame} className={classes.marks}>
      {marks.map(({ name, about, count, style }) => (
        <button
          key={name}
          type="button"
          className={classes.mark}
          style={style}
          aria-label={words.commentsAt(count, outlineName(outline, about, roles) ?? "")}
          title={words.commentsAt(count, outlineName(outline, about, roles) ?? "")}
          onClick={() => onOpen(about)}
        >
          <IconMessage size={12} aria-hidden />
          {count}
        </button>
      ))}
    </div>
  );
}

/** The elements of the drawing beside whose right border, or left one, and below whose upper one a mark goes. */
interface Over {
  readonly beside: Element;
  readonly below: Element;
  readonly isLeft?: boolean;
}

/** What of the drawing shows a place; a cell that is empty is where its step and its lane meet. */
function elementsOf(map: string, outline: MapOutline, { kind, id }: About): Over | undefined {
  const element = (...parts: readonly string[]): Element | null => document.getElementById([map, ...parts].join("/"));
  const lane = outline.lanes.find((each) => each.cells.some((cell) => cell.id === id));
  const step = lane?.cells.find((cell) => cell.id === id)?.step ?? "";
  const found = kind === "cell" ? element(step, id, lane?.id ?? "") : element(kind, id);
  if (found !== null) return { beside: found, below: found, isLeft: kind === "lane" };
  const [beside, below] = [element("step", step), element("lane", lane?.id ?? "")];
  return kind !== "cell" || beside === null || below === null ? undefined : { beside, below };
}

/** In shares of the drawing, so that zooming moves it along. */
function placeOver({ beside, below, isLeft = false }: Over, frame: Element): CSSProperties {
  const whole = frame.getBoundingClientRect();
  const across = beside.getBoundingClientRect();
  const share = (part: number, of: number): string => `${String((100 * part) / Math.max(of, 1))}%`;
  return {
    left: share((isLeft ? across.left : across.right) - whole.left, whole.width),
    top: share(below.getBoundingClientRect().top - whole.top, whole.height),
  };
}
