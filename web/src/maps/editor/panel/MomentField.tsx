import { Button, Checkbox, Stack, Text } from "@mantine/core";
import { IconSparkles } from "@tabler/icons-react";
import { useFormat } from "../../../base/format";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { useMeasured } from "../grid/measuredSteps";
import { momentsOf } from "../grid/moments";
import { setField } from "../model/commands/setField";
import { useFields } from "../reading";
import { Said } from "./Said";

/** Whether the customer decides here, and why; where the measured layer is there, what data say of it. */
export function MomentField({ step }: { readonly step: string }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const said = useFields("steps", step).moment_of_truth;
  const isOne = said !== undefined && said !== false;
  const say = (value: string | true | undefined): void => setField(editing, "steps", step, "moment_of_truth", value);
  return (
    <Stack gap={4}>
      <Checkbox
        size="xs"
        label={words.momentOfTruth}
        description={words.momentHint}
        disabled={!mayWrite}
        checked={isOne}
        onChange={(event) => say(event.currentTarget.checked ? true : undefined)}
      />
      {isOne ? (
        <Said
          label={words.momentReason}
          value={typeof said === "string" ? said : ""}
          onSay={(text) => say(text === "" ? true : text)}
        />
      ) : (
        <FoundMoment step={step} onMark={say} />
      )}
    </Stack>
  );
}

function FoundMoment({ step, onMark }: { readonly step: string; readonly onMark: (reason: string) => void }) {
  const words = useWords(editorWords);
  const { editing, session, mayWrite } = useEditor();
  const { count, share } = useFormat();
  const { data } = useMeasured(session.map, false).query;
  const found = data === undefined ? undefined : momentsOf(editing, data).find((each) => each.step === step);
  if (found === undefined || !mayWrite) return null;
  const reason = words.momentFound(count(found.left), count(found.reached), share(found.share));
  return (
    <>
      <Text size="xs">{reason}</Text>
      <div>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconSparkles size={13} />}
          onClick={() => onMark(reason)}
        >
          {words.momentMark}
        </Button>
      </div>
    </>
  );
}
