import { useComputedColorScheme } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { type RefObject, useEffect, useRef } from "react";
import type { View } from "vega";
import { useLanguage } from "../../base/words";
import { inScheme } from "./chartColours";
import { NUMBERS, TIMES } from "./chartLocale";
import { inWidth, ROOMY } from "./chartWidth";
import { behindOf, type Mark } from "./marks";
import classes from "./VegaChart.module.css";

/** A chart from its Vega-Lite specification, drawn without evaluating code. Loaded only where a chart is shown. */
export function VegaChart(props: {
  readonly specification: Readonly<Record<string, unknown>>;
  readonly label: string;
  /** Opens the journeys behind a mark. */
  readonly onOpen: ((number: string) => void) | undefined;
}) {
  const { specification, label, onOpen } = props;
  const open = useLatest(onOpen);
  const opens = onOpen !== undefined;
  const place = useRef<HTMLDivElement>(null);
  const { ref, width } = useElementSize<HTMLDivElement>();
  const room = Math.min(Math.floor(width), ROOMY);
  const scheme = useComputedColorScheme("light");
  const language = useLanguage();
  useEffect(() => {
    const element = place.current;
    if (element === null || room === 0) return;
    let isGone = false;
    let finish: (() => void) | undefined;
    void Promise.all([import("vega-embed"), import("vega-interpreter")]).then(async ([embed, interpreter]) => {
      if (isGone) return;
      const drawn = await embed.default(element, inScheme(inWidth(specification, room), scheme) as never, {
        actions: false,
        ast: true,
        expr: interpreter.expressionInterpreter as never,
        formatLocale: NUMBERS[language] as never,
        timeFormatLocale: TIMES[language] as never,
        renderer: "svg",
        tooltip: { theme: scheme === "dark" ? "dark" : "light" },
      });
      pointWithin(element);
      if (opens) makeOpening(drawn.view, element, (number) => open.current?.(number));
      if (isGone) drawn.finalize();
      else finish = () => drawn.finalize();
    });
    return () => {
      isGone = true;
      finish?.();
    };
  }, [specification, scheme, language, room, open, opens]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways where the window is narrow
    <div ref={ref} className={classes.chart} role="img" aria-label={label} tabIndex={0}>
      <div ref={place} aria-hidden />
    </div>
  );
}

/** What was given last, for what is drawn once. */
function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}

/** A mark that is clicked opens its journeys; the pointer says which ones do. */
function makeOpening(view: View, element: HTMLElement, open: (number: string) => void): void {
  const pointed = (_: unknown, item: Mark | null | undefined): void => {
    element.style.cursor = behindOf(item) === undefined ? "" : "pointer";
  };
  view.addEventListener("pointermove", pointed);
  view.addEventListener("click", (_, item) => {
    const number = behindOf(item);
    if (number !== undefined) open(number);
  });
}

/** Gradients are named without the address of the page, which changes while the chart is shown. */
function pointWithin(element: HTMLElement): void {
  for (const painted of element.querySelectorAll("[fill^='url(']")) {
    const name = /#[^)"']+/.exec(painted.getAttribute("fill") ?? "")?.[0];
    if (name !== undefined) painted.setAttribute("fill", `url(${name})`);
  }
}
