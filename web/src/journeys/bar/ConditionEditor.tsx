import { Alert, Button, Group, SegmentedControl, Stack, Text, Textarea } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { ApiError } from "../../base/api/errors";
import { Loading } from "../../base/states/Loading";
import { useWords } from "../../base/words";
import { useConditionRead } from "../asking";
import { journeysWords } from "../journeysWords";
import { ConditionLine } from "./ConditionLine";
import { type ConditionRow, type ConditionRows, rowsOf, textOf } from "./conditions";

interface ConditionEditorProps {
  readonly text: string;
  readonly help: string;
  readonly onDone: (text: string) => void;
}

const NEW: ConditionRow = { field: "channel", operator: "equals", value: "" };

/** Builds a condition from rows, or as text: both write the same text that the command line takes. */
export function ConditionEditor({ text, help, onDone }: ConditionEditorProps) {
  const words = useWords(journeysWords);
  const begun = useConditionRead(text, text !== "");
  const [rows, setRows] = useState<ConditionRows | undefined>(text === "" ? { join: "all", rows: [NEW] } : undefined);
  const [typed, setTyped] = useState(text);
  const [isText, setText] = useState(false);
  useEffect(() => {
    if (begun.data === undefined) return;
    const found = rowsOf(begun.data.condition);
    setRows(found);
    if (found === undefined) setText(true);
  }, [begun.data]);
  useEffect(() => {
    if (begun.error !== null) setText(true);
  }, [begun.error]);
  if (text !== "" && begun.isPending) return <Loading lines={3} />;
  const said = isText || rows === undefined ? typed : textOf(rows);
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="xs">
        <Text size="xs" c="dimmed" maw={340}>
          {help}
        </Text>
        <SegmentedControl
          size="xs"
          value={isText ? "text" : "rows"}
          onChange={(value) => {
            if (value === "text") setTyped(said);
            setText(value === "text");
            if (value === "rows" && rows === undefined) setRows({ join: "all", rows: [NEW] });
          }}
          data={[
            { value: "rows", label: words.condition.asRows, disabled: isText && rows === undefined && typed !== "" },
            { value: "text", label: words.condition.asText },
          ]}
        />
      </Group>
      {isText || rows === undefined ? (
        <Textarea
          label={words.condition.text}
          placeholder={words.condition.textHelp}
          value={typed}
          autosize
          minRows={2}
          data-autofocus
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      ) : (
        <Rows rows={rows} onRows={setRows} />
      )}
      <Checked text={said} onDone={onDone} />
    </Stack>
  );
}

function Rows({ rows, onRows }: { readonly rows: ConditionRows; readonly onRows: (rows: ConditionRows) => void }) {
  const words = useWords(journeysWords);
  const change = (next: readonly ConditionRow[]) => onRows({ ...rows, rows: next });
  return (
    <Stack gap="xs">
      {rows.rows.length > 1 && (
        <SegmentedControl
          size="xs"
          value={rows.join}
          onChange={(join) => onRows({ ...rows, join: join === "any" ? "any" : "all" })}
          data={[
            { value: "all", label: words.condition.all },
            { value: "any", label: words.condition.any },
          ]}
        />
      )}
      {rows.rows.map((row, place) => (
        <ConditionLine
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          key={place}
          row={row}
          onRow={(next) => change(rows.rows.map((each, other) => (other === place ? next : each)))}
          onRemove={() => change(rows.rows.filter((_, other) => other !== place))}
        />
      ))}
      <Group>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={13} />}
          onClick={() => change([...rows.rows, NEW])}
        >
          {words.condition.add}
        </Button>
      </Group>
    </Stack>
  );
}

/** What the server says about the condition, and the button that takes it. */
function Checked({ text, onDone }: { readonly text: string; readonly onDone: (text: string) => void }) {
  const words = useWords(journeysWords);
  const [asked, setAsked] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), 350);
    return () => clearTimeout(timer);
  }, [text]);
  const read = useConditionRead(asked, asked !== "");
  const error = read.error instanceof ApiError && asked === text ? read.error : undefined;
  return (
    <Stack gap="xs">
      {error !== undefined && (
        <Alert color="red" variant="light" p="xs" role="alert">
          <Text size="xs">{error.message}</Text>
          {error.hint !== undefined && (
            <Text size="xs" c="dimmed">
              {error.hint}
            </Text>
          )}
        </Alert>
      )}
      {(read.data?.notes ?? []).map((note) => (
        <Text key={note} size="xs" c="orange">
          {note}
        </Text>
      ))}
      <Group justify="flex-end">
        <Button size="xs" disabled={error !== undefined} onClick={() => onDone(text.trim())}>
          {words.bar.apply}
        </Button>
      </Group>
    </Stack>
  );
}
