import { ActionIcon, Autocomplete, Group, Paper, Stack, Text } from "@mantine/core";
import { IconAdjustments } from "@tabler/icons-react";
import { useFormat } from "../../base/format";
import { useWords } from "../../base/words";
import { useNames } from "../asking";
import { ConditionEditor } from "../bar/ConditionEditor";
import { quoted } from "../behind/number";
import { CountLine } from "./CountLine";
import { definitionsWords } from "./definitionsWords";

interface ConditionFieldProps {
  readonly label: string;
  readonly help: string;
  readonly text: string;
  /** The condition whose customers are counted; empty: none are. */
  readonly counted: string;
  readonly error: string | undefined;
  readonly isBuilding: boolean;
  readonly onBuilding: (isBuilding: boolean) => void;
  readonly onText: (text: string) => void;
}

const MOST_OFFERED = 50;

/** A condition as text, with the touchpoints that there are to choose from, or built of rows; and whom it meets. */
export function ConditionField({ text, isBuilding, onBuilding, onText, ...props }: ConditionFieldProps) {
  const words = useWords(definitionsWords);
  const format = useFormat();
  const touchpoints = useNames().data?.touchpoints ?? [];
  const offered = new Map(touchpoints.map((each) => [touchpointIs(each.name), each]));
  const written = text.trim().toLowerCase();
  const isPartOfName = written !== "" && touchpoints.some((each) => each.name.toLowerCase().includes(written));
  return (
    <Stack gap={4}>
      <Autocomplete
        label={props.label}
        description={props.help}
        placeholder={words.conditionPlaceholder}
        data={[...offered.keys()]}
        limit={MOST_OFFERED}
        value={text}
        readOnly={isBuilding}
        error={props.error}
        onChange={onText}
        onBlur={() => {
          const named = touchpoints.find((each) => each.name === text.trim());
          if (named !== undefined) onText(touchpointIs(named.name));
        }}
        rightSection={
          <ActionIcon
            variant={isBuilding ? "light" : "subtle"}
            aria-label={words.build(props.label)}
            aria-expanded={isBuilding}
            onClick={() => onBuilding(!isBuilding)}
          >
            <IconAdjustments size={18} />
          </ActionIcon>
        }
        renderOption={({ option }) => (
          <Group justify="space-between" wrap="nowrap" w="100%" gap="sm">
            <Text size="sm">{offered.get(option.value)?.name ?? option.value}</Text>
            <Text size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
              {words.customers(format.count(offered.get(option.value)?.customers ?? 0))}
            </Text>
          </Group>
        )}
      />
      {isBuilding && (
        <Paper p="sm">
          <ConditionEditor
            text={text}
            help={words.builderHelp}
            onDone={(said) => {
              onText(said);
              onBuilding(false);
            }}
          />
        </Paper>
      )}
      {!isBuilding && !isPartOfName && <CountLine condition={props.counted} />}
    </Stack>
  );
}

function touchpointIs(name: string): string {
  return `touchpoint = ${quoted(name)}`;
}
