import type { Editing } from "../Editing";
import { isFields, type Plain, SHORT } from "../shape";

/** What is said of a new metric, or the id of one of the library. */
export type NewMetric = { readonly name: string; readonly kind: string } | { readonly id: string };

/** Measure a metric at a step: a new one, one of the library, or one that the map has; gives its id. */
export function addMetric(editing: Editing, step: string, said: NewMetric): string {
  let id = "";
  editing.change((pen) => {
    id = "id" in said ? said.id : pen.freshId("metric");
    if (!pen.store.has("metrics", id)) {
      const fields = "id" in said ? { [SHORT]: true } : { name: said.name, kind: said.kind };
      pen.create("metrics", id, pen.end("metrics", ""), fields);
    }
    const placed = pen.store.fields("steps", step).metrics;
    const known = Array.isArray(placed) ? placed : [];
    if (!known.some((each) => metricOf(each) === id)) pen.set("steps", step, "metrics", [...known, id]);
  });
  return id;
}

/** Measure a metric no longer at a step. */
export function takeMetric(editing: Editing, step: string, metric: string): void {
  editing.change((pen) => {
    const placed = pen.store.fields("steps", step).metrics;
    if (!Array.isArray(placed)) return;
    const others = placed.filter((each) => metricOf(each) !== metric);
    if (others.length < placed.length) pen.set("steps", step, "metrics", others.length === 0 ? undefined : others);
  });
}

/** Give a metric a target, or a limit of attention, of its own at a step; undefined: that of the metric holds. */
export function setPlacement(
  editing: Editing,
  step: string,
  metric: string,
  field: "target" | "attention",
  value: number | undefined,
): void {
  editing.change((pen) => {
    const placed = pen.store.fields("steps", step).metrics;
    if (!Array.isArray(placed)) return;
    const wanted = placed.map((each) => (metricOf(each) === metric ? placement(each, field, value) : each));
    pen.set("steps", step, "metrics", wanted);
  }, `placement ${step} ${metric} ${field}`);
}

/** The id of the metric that an entry of a step places. */
export function metricOf(entry: Plain): string {
  return String(isFields(entry) ? entry.metric : entry);
}

function placement(entry: Plain, field: "target" | "attention", value: number | undefined): Plain {
  const { [field]: _, ...others } = isFields(entry) ? entry : { metric: entry };
  const said = value === undefined ? others : { ...others, [field]: value };
  return Object.keys(said).length === 1 ? (said.metric as Plain) : said;
}
