import { ActionIcon, Button, Group, Input, Slider, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useFormat } from "../../base/format";
import { useWords } from "../../base/words";
import { mapsWords } from "../mapsWords";
import classes from "./BehaviourScales.module.css";
import type { Scale } from "./personaForm";

interface BehaviourScalesProps {
  readonly scales: readonly Scale[];
  readonly onChange: (scales: readonly Scale[]) => void;
}

/** Where a persona stands between two ends, such as "price first" and "quality first". */
export function BehaviourScales({ scales, onChange }: BehaviourScalesProps) {
  const words = useWords(mapsWords);
  const format = useFormat();
  const change = (place: number, part: Partial<Scale>): void =>
    onChange(scales.map((each, at) => (at === place ? { ...each, ...part } : each)));
  return (
    <Input.Wrapper label={words.behaviour} description={words.behaviourHint}>
      <Stack gap="xs" mt="xs">
        {scales.map((each, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: scales have no ids, and are only added at the end
          <div key={place} className={classes.scale}>
            <TextInput
              aria-label={words.from}
              placeholder={words.from}
              value={each.low}
              onChange={(event) => change(place, { low: event.currentTarget.value })}
            />
            <Slider
              thumbLabel={`${each.low} – ${each.high}`}
              label={(value) => format.share(value)}
              min={0}
              max={1}
              step={0.05}
              value={each.value}
              onChange={(value) => change(place, { value })}
              className={classes.slider}
            />
            <TextInput
              aria-label={words.to}
              placeholder={words.to}
              value={each.high}
              onChange={(event) => change(place, { high: event.currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={words.removeScale}
              onClick={() => onChange(scales.filter((_, at) => at !== place))}
            >
              <IconX size={16} />
            </ActionIcon>
          </div>
        ))}
        <Group>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => onChange([...scales, { low: "", high: "", value: 0.5 }])}
          >
            <Text inherit>{words.addScale}</Text>
          </Button>
        </Group>
      </Stack>
    </Input.Wrapper>
  );
}
