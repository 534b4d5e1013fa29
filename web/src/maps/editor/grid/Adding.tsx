import { Button, Menu } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useWords } from "../../../base/words";
import { newLane, newPhase, newStep } from "../actions";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import classes from "./Grid.module.css";

/** Below the last lane: a new one, by its role; a new step, a new phase. */
export function Adding() {
  const words = useWords(editorWords);
  const { editing, selection } = useEditor();
  const acting = { editing, selection, words };
  return (
    <div className={classes.adding}>
      <Menu position="top-start" withinPortal>
        <Menu.Target>
          <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} />}>
            {words.addLane}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={360} style={{ overflowY: "auto" }}>
          {Object.entries(words.laneRoles).map(([role, name]) => (
            <Menu.Item key={role} onClick={() => newLane(acting, role)}>
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} />} onClick={() => newStep(acting)}>
        {words.addStep}
      </Button>
      <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} />} onClick={() => newPhase(acting)}>
        {words.addPhase}
      </Button>
    </div>
  );
}
