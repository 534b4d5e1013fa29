import { ActionIcon, Group, NumberInput, Select, Stack } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { DayField } from "../../../base/DayField";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import type { EntryView } from "../model/cells";
import { remove } from "../model/commands/remove";
import { setField } from "../model/commands/setField";
import type { Plain } from "../model/shape";
import classes from "./panel.module.css";
import { Said } from "./Said";

/** One piece of evidence: its kind, source, quote, from how many, when. */
export function EvidenceField({ evidence: { id, fields } }: { readonly evidence: EntryView }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const say = (field: string, value: Plain | undefined): void => setField(editing, "evidence", id, field, value);
  const text = (field: string) => (said: string) => say(field, said === "" ? undefined : said);
  return (
    <Stack gap={4} className={classes.entry} role="group" aria-label={words.evidence}>
      <Group gap={4} wrap="nowrap">
        <Select
          style={{ flex: 1 }}
          size="xs"
          aria-label={words.kind}
          allowDeselect={false}
          readOnly={!mayWrite}
          data={Object.entries(words.kinds).map(([value, label]) => ({ value, label }))}
          value={String(fields.kind ?? "other")}
          onChange={(value) => value !== null && say("kind", value)}
        />
        {mayWrite && (
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={`${words.remove}: ${words.evidence}`}
            onClick={() => remove(editing, "evidence", id)}
          >
            <IconTrash size={14} />
          </ActionIcon>
        )}
      </Group>
      <Said
        label={words.source}
        isHidden
        placeholder={words.source}
        value={String(fields.source ?? "")}
        onSay={text("source")}
      />
      <Said
        label={words.quote}
        isHidden
        lines
        placeholder={words.quote}
        value={String(fields.quote ?? "")}
        onSay={text("quote")}
      />
      <Group gap={4} grow>
        <NumberInput
          size="xs"
          aria-label={words.count}
          placeholder="n"
          min={0}
          allowDecimal={false}
          allowNegative={false}
          readOnly={!mayWrite}
          value={typeof fields.n === "number" ? fields.n : ""}
          onChange={(value) => say("n", typeof value === "number" ? value : undefined)}
        />
        <DayField
          size="xs"
          name={words.date}
          readOnly={!mayWrite}
          value={String(fields.date ?? "")}
          onChange={text("date")}
        />
      </Group>
    </Stack>
  );
}
