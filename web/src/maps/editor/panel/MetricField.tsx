import { ActionIcon, Group, NumberInput, Select, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconTrash, IconX } from "@tabler/icons-react";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { metricOf, setPlacement, takeMetric } from "../model/commands/metrics";
import { remove } from "../model/commands/remove";
import { rename } from "../model/commands/rename";
import { setField } from "../model/commands/setField";
import { isFields, type Plain, SHORT } from "../model/shape";
import { useFields } from "../reading";
import classes from "./panel.module.css";
import { Said } from "./Said";

const SHARES: ReadonlySet<string> = new Set(["reach", "drop-off", "csat"]);

interface MetricFieldProps {
  readonly step: string;
  readonly placement: Plain;
  readonly name: string;
}

/** A metric at a step: what is counted, unit, target and limit; those of this step alone where they differ. */
export function MetricField({ step, placement, name }: MetricFieldProps) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const metric = metricOf(placement);
  const fields = useFields("metrics", metric);
  const isOwn = fields[SHORT] !== true && fields.name !== undefined;
  const isShare = SHARES.has(String(fields.kind));
  const here = isFields(placement) ? placement : {};
  return (
    <Stack gap={4} className={classes.entry} role="group" aria-label={name}>
      <Group gap={4} wrap="nowrap">
        <div style={{ flex: 1 }}>
          {isOwn ? (
            <Said
              label={words.metric}
              isHidden
              value={name}
              onSay={(text) => rename(editing, "metrics", metric, text)}
            />
          ) : (
            <Text size="xs">{name}</Text>
          )}
        </div>
        {mayWrite && (
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={`${words.metricTake}: ${name}`}
            onClick={() => takeMetric(editing, step, metric)}
          >
            <IconX size={14} />
          </ActionIcon>
        )}
        {mayWrite && isOwn && (
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={`${words.metricRemove}: ${name}`}
            onClick={() => remove(editing, "metrics", metric)}
          >
            <IconTrash size={14} />
          </ActionIcon>
        )}
      </Group>
      {isOwn && <Definition metric={metric} isShare={isShare} />}
      <SimpleGrid cols={2} spacing={4}>
        {(["target", "attention"] as const).map((field) => (
          <Limit
            key={field}
            label={field === "target" ? words.targetHere : words.attentionHere}
            isShare={isShare}
            value={here[field]}
            onSay={(value) => setPlacement(editing, step, metric, field, value)}
          />
        ))}
      </SimpleGrid>
    </Stack>
  );
}

function Definition({ metric, isShare }: { readonly metric: string; readonly isShare: boolean }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const fields = useFields("metrics", metric);
  const say = (field: string) => (value: Plain | undefined | null) =>
    setField(editing, "metrics", metric, field, value === "" ? undefined : (value ?? undefined));
  return (
    <>
      <Select
        size="xs"
        label={words.metricKind}
        allowDeselect={false}
        readOnly={!mayWrite}
        data={Object.entries(words.metricKinds).map(([value, label]) => ({ value, label }))}
        value={String(fields.kind ?? "number")}
        onChange={say("kind")}
      />
      <Said label={words.summary} value={String(fields.summary ?? "")} onSay={say("summary")} />
      <SimpleGrid cols={2} spacing={4} verticalSpacing={4}>
        {!isShare && <Said label={words.unit} value={String(fields.unit ?? "")} onSay={say("unit")} />}
        <Select
          size="xs"
          label={words.direction}
          clearable
          readOnly={!mayWrite}
          data={Object.entries(words.directions).map(([value, label]) => ({ value, label }))}
          value={typeof fields.direction === "string" ? fields.direction : null}
          onChange={say("direction")}
        />
        <Limit label={words.target} isShare={isShare} value={fields.target} onSay={say("target")} />
        <Limit label={words.attention} isShare={isShare} value={fields.attention} onSay={say("attention")} />
      </SimpleGrid>
    </>
  );
}

interface LimitProps {
  readonly label: string;
  readonly isShare: boolean;
  readonly value: Plain | undefined;
  readonly onSay: (value: number | undefined) => void;
}

/** A target or limit; that of a share is written in per cent. */
function Limit({ label, isShare, value, onSay }: LimitProps) {
  const { editing, mayWrite } = useEditor();
  const shown = typeof value !== "number" ? "" : isShare ? Math.round(value * 1e6) / 1e4 : value;
  return (
    <NumberInput
      size="xs"
      label={label}
      readOnly={!mayWrite}
      {...(isShare && { suffix: "\u00a0%", min: 0, max: 100 })}
      value={shown}
      onChange={(said) => {
        if (said === "") onSay(undefined);
        else if (typeof said === "number") onSay(isShare ? Math.round(said * 1e4) / 1e6 : said);
      }}
      onBlur={() => editing.part()}
    />
  );
}
