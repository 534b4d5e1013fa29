import { ActionIcon, Group, Text, Tooltip } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconArrowAutofitWidth, IconArrowsMaximize, IconTextSize, IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import { type MouseEvent, type ReactNode, useCallback, useEffect, useMemo, useRef } from "react";
import { useFormat } from "../../base/format";
import { useWords } from "../../base/words";
import { mapsWords } from "../mapsWords";
import classes from "./MapDrawing.module.css";
import { type Place, placeAt } from "./placeAt";
import { FITS, useFit } from "./useFit";
import { useWaysBack } from "./useWaysBack";
import { scrollAfter, sizeOf, within } from "./zoom";

const STEP = 1.25;

/** Beyond the first step, in pixels: below it lie the tools. */
const ROOM_BELOW = 72;
const ROOM_BESIDE = 12;

interface MapDrawingProps {
  readonly map: string;
  readonly svg: string;
  /** The step that is looked at; it is marked, and moved into view. */
  readonly step?: string | undefined;
  readonly onPlace?: (place: Place) => void;
  /** What lies over the drawing, as large as it. */
  readonly children?: ReactNode;
}

/** The drawing of a map: moved by scrolling, zoomed by buttons, keys, or the wheel with Ctrl. */
export function MapDrawing({ map, svg, step, onPlace, children }: MapDrawingProps) {
  const words = useWords(mapsWords);
  const format = useFormat();
  const size = useMemo(() => sizeOf(svg), [svg]);
  const place = useElementSize();
  const scroller = useRef<HTMLElement | null>(null);
  const [chosen, setChosen] = useFit();
  const zoom = typeof chosen === "number" ? chosen : FITS[chosen](size, place);
  const zoomTo = useCallback(
    (wanted: number, x?: number, y?: number) => {
      const at = scroller.current;
      const next = within(wanted);
      setChosen(next);
      if (at === null) return;
      const [left, top] = [x ?? at.clientWidth / 2, y ?? at.clientHeight / 2];
      const scroll = [scrollAfter(at.scrollLeft, left, zoom, next), scrollAfter(at.scrollTop, top, zoom, next)];
      requestAnimationFrame(() => at.scrollTo(scroll[0] ?? 0, scroll[1] ?? 0));
    },
    [zoom, setChosen],
  );
  useWheelZoom(scroller, zoom, zoomTo);
  useMarkedStep(scroller, map, step, svg);
  useFirstStepSeen(scroller, map, step, place.height > 0);
  useWaysBack(scroller, map, step, svg);
  const button = (label: string, Icon: typeof IconZoomIn, action: () => void, isChosen?: boolean) => (
    <Tooltip label={label}>
      <ActionIcon
        variant={isChosen === true ? "light" : "default"}
        size="lg"
        aria-label={label}
        aria-pressed={isChosen}
        onClick={action}
      >
        <Icon size={17} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
  return (
    <div className={classes.frame}>
      <section
        ref={(element) => {
          scroller.current = element;
          place.ref(element);
        }}
        className={classes.scroller}
        aria-label={words.drawing}
        aria-description={words.drawingHelp}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          if (event.key === "+" || event.key === "=") zoomTo(zoom * STEP);
          else if (event.key === "-") zoomTo(zoom / STEP);
          else if (event.key === "0") setChosen(chosen === "width" ? "read" : "width");
        }}
      >
        <div className={classes.sheet} style={{ width: size.width * zoom, height: size.height * zoom }}>
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the steps are buttons in the panel beside the drawing */}
          {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
          <div
            className={classes.picture}
            data-clickable={onPlace !== undefined}
            onClick={(event: MouseEvent) => {
              const found = placeAt(event.target as Element, map);
              if (found !== undefined) onPlace?.(found);
            }}
            // biome-ignore lint/security/noDangerouslySetInnerHtml: drawn by our server, which escapes every text
            dangerouslySetInnerHTML={{ __html: svg }}
          />
          {children}
        </div>
      </section>
      <Group gap={4} className={classes.tools}>
        {button(words.zoomOut, IconZoomOut, () => zoomTo(zoom / STEP))}
        <Text size="xs" className={classes.zoom} aria-label={words.zoomAt(format.share(zoom))}>
          {Math.round(zoom * 100)} %
        </Text>
        {button(words.zoomIn, IconZoomIn, () => zoomTo(zoom * STEP))}
        {button(words.readable, IconTextSize, () => setChosen("read"), chosen === "read")}
        {button(words.fitWidth, IconArrowAutofitWidth, () => setChosen("width"), chosen === "width")}
        {button(words.fitAll, IconArrowsMaximize, () => setChosen("all"), chosen === "all")}
      </Group>
    </div>
  );
}

type Scroller = React.RefObject<HTMLElement | null>;

/** The wheel with Ctrl (and pinching) zooms; the browser allows that only to a listener that is not passive. */
function useWheelZoom(scroller: Scroller, zoom: number, zoomTo: (zoom: number, x: number, y: number) => void): void {
  useEffect(() => {
    const at = scroller.current;
    const turn = (event: WheelEvent): void => {
      if (!event.ctrlKey || at === null) return;
      event.preventDefault();
      const box = at.getBoundingClientRect();
      zoomTo(zoom * Math.exp(-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
    };
    at?.addEventListener("wheel", turn, { passive: false });
    return () => at?.removeEventListener("wheel", turn);
  }, [scroller, zoom, zoomTo]);
}

/** A map is opened where its first step is seen, below a long head too. */
function useFirstStepSeen(scroller: Scroller, map: string, step: string | undefined, isSized: boolean): void {
  const opened = useRef<string>(undefined);
  useEffect(() => {
    const at = scroller.current;
    if (!isSized || at === null || opened.current === map) return;
    opened.current = map;
    const first = at.querySelector(`[id^="${CSS.escape(map)}/step/"]`);
    if (first === null || step !== undefined) return;
    const box = first.getBoundingClientRect();
    const place = at.getBoundingClientRect();
    const below = box.bottom + ROOM_BELOW - place.bottom;
    const beside = box.right + ROOM_BESIDE - place.right;
    at.scrollTo(Math.max(0, beside), Math.max(0, Math.min(below, box.top - place.top)));
  }, [scroller, map, step, isSized]);
}

function useMarkedStep(scroller: Scroller, map: string, step: string | undefined, svg: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another picture has to be marked again
  useEffect(() => {
    const at = scroller.current;
    for (const each of at?.querySelectorAll("[data-marked]") ?? []) each.removeAttribute("data-marked");
    const found = step === undefined ? null : document.getElementById(`${map}/step/${step}`);
    found?.setAttribute("data-marked", "true");
    found?.scrollIntoView?.({ block: "nearest", inline: "nearest", behavior: "smooth" });
  }, [scroller, map, step, svg]);
}
