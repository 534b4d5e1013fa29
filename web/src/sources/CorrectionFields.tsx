import { Autocomplete, Group, Select, TextInput } from "@mantine/core";
import type { WaitingRow } from "../base/api/schema.gen";
import { useWords } from "../base/words";
import { columnsOf, valuesOf } from "./mending";
import { sourcesWords } from "./sourcesWords";

/** What is put right, as it is written. */
export interface CorrectionText {
  readonly column: string;
  readonly of: string;
  readonly value: string;
}

interface CorrectionFieldsProps {
  /** Whether only one value of the column is replaced. */
  readonly ofOne: boolean;
  readonly said: CorrectionText;
  readonly rows: readonly WaitingRow[];
  readonly onChange: (part: Partial<CorrectionText>) => void;
}

/** The column that is put right in all rows, and what it says from now on. */
export function CorrectionFields({ ofOne, said, rows, onChange }: CorrectionFieldsProps) {
  const words = useWords(sourcesWords).all;
  return (
    <Group align="flex-start" gap="sm">
      <Select
        size="xs"
        w={220}
        searchable
        label={words.column}
        data={[...columnsOf(rows)]}
        value={said.column === "" ? null : said.column}
        onChange={(column) => onChange({ column: column ?? "", of: "" })}
      />
      {ofOne && (
        <Autocomplete
          size="xs"
          w={220}
          label={words.of}
          placeholder={words.empty}
          limit={40}
          data={[...valuesOf(rows, said.column)]}
          value={said.of}
          onChange={(of) => onChange({ of })}
        />
      )}
      <TextInput
        size="xs"
        w={260}
        label={words.value}
        description={words.valueHint}
        inputWrapperOrder={["label", "input", "description"]}
        value={said.value}
        onChange={(event) => onChange({ value: event.currentTarget.value })}
      />
    </Group>
  );
}
