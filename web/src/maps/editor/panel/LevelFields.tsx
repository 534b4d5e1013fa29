import { SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { useWords } from "../../../base/words";
import { mapsWords } from "../../mapsWords";
import { LEVELS, STATES } from "../../names";
import { useEditor } from "../EditorContext";
import { setField } from "../model/commands/setField";
import { ROOT } from "../model/shape";
import { useRead } from "../reading";

/** At which level the map stands, and whether it says how it is or how it shall be. */
export function LevelFields() {
  const words = useWords(mapsWords);
  const { editing, mayWrite } = useEditor();
  const level = useRead((store) => String(store.root.level ?? LEVELS[1]));
  const state = useRead((store) => String(store.root.state ?? STATES[0]));
  return (
    <>
      <Select
        size="xs"
        label={words.level}
        allowDeselect={false}
        readOnly={!mayWrite}
        data={LEVELS.map((value) => ({ value, label: words.levels[value] }))}
        value={level}
        onChange={(value) => value !== null && setField(editing, ROOT, "", "level", value)}
      />
      <Stack gap={4}>
        <Text size="xs" fw={500}>
          {words.state}
        </Text>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label={words.state}
          readOnly={!mayWrite}
          data={STATES.map((value) => ({ value, label: words.states[value] }))}
          value={state}
          onChange={(value) => setField(editing, ROOT, "", "state", value)}
        />
      </Stack>
    </>
  );
}
