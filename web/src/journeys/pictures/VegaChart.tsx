import { useComputedColorScheme } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useEffect, useRef } from "react";
import { useLanguage } from "../../base/words";
import { inScheme } from "./chartColours";
import { NUMBERS, TIMES } from "./chartLocale";
import { inWidth, ROOMY } from "./chartWidth";
import classes from "./VegaChart.module.css";

/** A chart from its Vega-Lite specification, drawn without evaluating code. Loaded only where a chart is shown. */
export function VegaChart(props: {
  readonly specification: Readonly<Record<string, unknown>>;
  readonly label: string;
}) {
  const { specification, label } = props;
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
      if (isGone) drawn.finalize();
      else finish = () => drawn.finalize();
    });
    return () => {
      isGone = true;
      finish?.();
    };
  }, [specification, scheme, language, room]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways where the window is narrow
    <div ref={ref} className={classes.chart} role="img" aria-label={label} tabIndex={0}>
      <div ref={place} aria-hidden />
    </div>
  );
}

/** Gradients are named without the address of the page, which changes while the chart is shown. */
function pointWithin(element: HTMLElement): void {
  for (const painted of element.querySelectorAll("[fill^='url(']")) {
    const name = /#[^)"']+/.exec(painted.getAttribute("fill") ?? "")?.[0];
    if (name !== undefined) painted.setAttribute("fill", `url(${name})`);
  }
}
