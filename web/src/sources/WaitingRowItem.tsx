import { Button, Collapse, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { WaitingRow } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useMay } from "../base/me";
import { useWords } from "../base/words";
import { MendForm } from "./MendForm";
import classes from "./Quarantine.module.css";
import { sourcesWords } from "./sourcesWords";
import type { SourcesWords } from "./words.en";

/** A row that waits: what is wrong with it, where it came from, and a form to put it right. */
export function WaitingRowItem({ row }: { readonly row: WaitingRow }) {
  const words = useWords(sourcesWords);
  const format = useFormat();
  const mayMend = useMay("change_data");
  const [opened, { toggle }] = useDisclosure(false);
  return (
    <li>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text size="sm" fw={550} className={classes.record}>
            {nameOfField(row.field, words)}: {row.message}
          </Text>
          <Text size="xs" c="dimmed">
            {words.mendRow(format.count(row.row), row.file)} · {row.source}
          </Text>
          <Text size="xs" c="dimmed" {...(opened ? {} : { lineClamp: 1 })} className={classes.record}>
            {Object.entries(row.values)
              .map(([name, value]) => `${name}: ${shown(value)}`)
              .join(" · ")}
          </Text>
        </div>
        {mayMend && (
          <Button size="xs" variant="default" onClick={toggle} aria-expanded={opened} style={{ flex: "none" }}>
            {words.mend}
          </Button>
        )}
      </Group>
      <Collapse expanded={opened}>{opened && <MendForm key={row.message} row={row} />}</Collapse>
    </li>
  );
}

function nameOfField(field: string, words: SourcesWords): string {
  if (field === "row") return words.row;
  return field === "identifiers" ? words.who : (words.fieldNames[field] ?? field);
}

/** A value as it can be written into a field. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
