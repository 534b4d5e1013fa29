import { Button, Slider, Stack, Text } from "@mantine/core";
import { useFormat } from "../../../base/format";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { setCell, setEmotion } from "../model/commands/cells";
import { useCell } from "../reading";
import { Said } from "./Said";

interface FeelingFieldProps {
  readonly lane: string;
  readonly step: string;
  readonly role: string;
}

/** How somebody feels at a step, and in a word; or how much is at stake. */
export function FeelingField({ lane, step, role }: FeelingFieldProps) {
  const words = useWords(editorWords);
  const format = useFormat();
  const { editing, mayWrite } = useEditor();
  const { fields } = useCell(lane, step);
  const isTension = role === "tension";
  const field = isTension ? "tension" : "emotion";
  const said = fields[field];
  const label = isTension ? words.tension : words.emotion;
  const say = (value: number | undefined): void => setCell(editing, lane, step, { [field]: value });
  return (
    <Stack gap={6} role="group" aria-label={label}>
      <Text size="xs" fw={500}>
        {label}: {typeof said === "number" ? format.number(said) : words.unsaid}
        {typeof said === "number" && !isTension && ` (${words.feelings[Math.round(said) + 2] ?? ""})`}
      </Text>
      <Slider
        size="sm"
        mb="lg"
        thumbLabel={label}
        disabled={!mayWrite}
        min={isTension ? 1 : -2}
        max={isTension ? 5 : 2}
        step={0.1}
        value={typeof said === "number" ? said : isTension ? 3 : 0}
        onChange={say}
        onChangeEnd={() => editing.part()}
        label={(value) => format.number(value)}
        marks={(isTension ? [1, 2, 3, 4, 5] : [-2, -1, 0, 1, 2]).map((value) => ({
          value,
          label: format.number(value),
        }))}
      />
      {!isTension && (
        <Said
          label={words.emotionWord}
          value={String(fields.word ?? "")}
          onSay={(text) => setEmotion(editing, lane, step, { word: text })}
        />
      )}
      {mayWrite && typeof said === "number" && (
        <div>
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => say(undefined)}>
            {words.emotionUnset}
          </Button>
        </div>
      )}
    </Stack>
  );
}
