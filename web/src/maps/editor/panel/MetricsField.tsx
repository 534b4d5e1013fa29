import { Autocomplete, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { addMetric, metricOf } from "../model/commands/metrics";
import { useFields } from "../reading";
import { MetricField } from "./MetricField";
import { useMetricNames } from "./metricNames";

/** The metrics of a step: picked by name, of the map or the library, or made here. */
export function MetricsField({ step }: { readonly step: string }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const said = useFields("steps", step).metrics;
  const placed = Array.isArray(said) ? said : [];
  const ids = placed.map(metricOf);
  const names = useMetricNames();
  const [draft, setDraft] = useState("");
  const add = (text: string): void => {
    const name = text.trim();
    if (name === "") return;
    const known = names.find((each) => each.label === name);
    addMetric(editing, step, known === undefined ? { name, kind: "number" } : { id: known.value });
    setDraft("");
  };
  if (placed.length === 0 && !mayWrite) return null;
  return (
    <Stack gap={6} role="group" aria-label={words.metrics}>
      <Text size="xs" fw={500}>
        {words.metrics}
      </Text>
      {placed.map((each) => (
        <MetricField
          key={metricOf(each)}
          step={step}
          placement={each}
          name={names.find((one) => one.value === metricOf(each))?.label ?? metricOf(each)}
        />
      ))}
      {mayWrite && (
        <Autocomplete
          size="xs"
          aria-label={words.addMetric}
          placeholder={words.addMetric}
          description={words.metricsHint}
          data={[...new Set(names.filter((each) => !ids.includes(each.value)).map((each) => each.label))]}
          value={draft}
          onChange={setDraft}
          onOptionSubmit={(name) => {
            add(name);
            setTimeout(() => setDraft(""));
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.nativeEvent.isComposing) add(draft);
          }}
        />
      )}
    </Stack>
  );
}
