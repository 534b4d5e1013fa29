import { ActionIcon, Autocomplete, Group, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { useMay } from "../../base/me";
import { useWords } from "../../base/words";
import { useFields, useNames, useValues } from "../asking";
import { journeysWords } from "../journeysWords";
import { type ConditionRow, hasValue, type Operator, operatorsOf } from "./conditions";

interface ConditionLineProps {
  readonly row: ConditionRow;
  readonly onRow: (row: ConditionRow) => void;
  readonly onRemove: () => void;
}

/** One comparison: field, how, value; values that are there are offered. */
export function ConditionLine({ row, onRow, onRemove }: ConditionLineProps) {
  const words = useWords(journeysWords);
  const seesCustomers = useMay("see_customers");
  const fields = (useFields().data ?? []).filter((each) => seesCustomers || !(each.single || each.staff));
  const field = fields.find((each) => each.name === row.field);
  const operators = operatorsOf(field?.kind ?? "text");
  const [containing] = useDebouncedValue(row.operator === "in" ? "" : row.value, 250);
  const isListed = field !== undefined && (field.kind === "text" || field.kind === "choice") && !field.single;
  const known = useNames().data?.[row.field === "touchpoint" ? "touchpoints" : "channels"] ?? [];
  const isNamed = row.field === "touchpoint" || row.field === "channel";
  const values = useValues(row.field, containing, isListed && !isNamed && hasValue(row.operator));
  const offered = isNamed ? known.map((each) => each.name) : (values.data ?? []).map((each) => each.value);
  const names = [...new Set([row.field, ...fields.map((each) => each.name)])];
  return (
    <Group gap={6} align="flex-start">
      <Select
        size="xs"
        aria-label={words.condition.field}
        data={names}
        value={row.field}
        searchable
        comboboxProps={{ withinPortal: false }}
        onChange={(name) => {
          const kind = fields.find((each) => each.name === name)?.kind ?? "text";
          const operator = operatorsOf(kind).includes(row.operator) ? row.operator : (operatorsOf(kind)[0] ?? "equals");
          onRow({ field: name ?? "", operator, value: "" });
        }}
        flex="1 1 132px"
      />
      <Select
        size="xs"
        aria-label={words.condition.operator}
        data={operators.map((each) => ({ value: each, label: words.condition.operators[each] }))}
        value={row.operator}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        onChange={(operator) => onRow({ ...row, operator: (operator ?? "equals") as Operator })}
        flex="1 1 104px"
      />
      {hasValue(row.operator) && (
        <Autocomplete
          size="xs"
          aria-label={row.operator === "in" ? words.condition.values : words.condition.value}
          placeholder={row.operator === "in" ? words.condition.values : words.condition.value}
          data={[...new Set(offered)]}
          value={row.value}
          limit={30}
          comboboxProps={{ withinPortal: false }}
          onChange={(value) => onRow({ ...row, value })}
          flex="1 1 132px"
        />
      )}
      <ActionIcon variant="subtle" color="gray" size="md" aria-label={words.condition.remove} onClick={onRemove}>
        <IconX size={14} />
      </ActionIcon>
    </Group>
  );
}
