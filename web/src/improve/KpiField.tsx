import { Select, TextInput } from "@mantine/core";
import { useWords } from "../base/words";
import { improveWords } from "./improveWords";
import { useChoices } from "./making";
import { useMetricText } from "./metricText";

interface KpiFieldProps {
  /** The id of a metric, or a text; empty for none. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly disabled?: boolean;
}

/** What the success of a task is seen by: a metric by its name; a text where it was written as one, or no metric is there. */
export function KpiField({ value, onChange, disabled = false }: KpiFieldProps) {
  const words = useWords(improveWords);
  const metrics = useChoices().data?.metrics ?? [];
  const metricText = useMetricText();
  const isText = metrics.length === 0 || (value !== "" && !metrics.some((each) => each.id === value));
  if (isText)
    return (
      <TextInput
        label={words.kpiLabel}
        maxLength={200}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        disabled={disabled}
      />
    );
  return (
    <Select
      label={words.kpiLabel}
      description={words.kpiHint}
      clearable
      searchable
      data={metrics.map((each) => ({ value: each.id, label: metricText(each) }))}
      value={value || null}
      onChange={(id) => onChange(id ?? "")}
      disabled={disabled}
    />
  );
}
