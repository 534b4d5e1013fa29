import { ActionIcon, Button, Group, Select, Stack, Text } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { addSolution, addTask } from "../model/commands/opportunities";
import { remove } from "../model/commands/remove";
import { rename } from "../model/commands/rename";
import { setField } from "../model/commands/setField";
import { useChildren, useFields } from "../reading";
import classes from "./panel.module.css";
import { Said } from "./Said";
import { TaskField } from "./TaskField";

/** The solutions of an opportunity, each with its tasks. */
export function SolutionsField({ opportunity }: { readonly opportunity: string }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const solutions = useChildren("solutions", opportunity);
  return (
    <Stack gap={6} role="group" aria-label={words.solutions}>
      <Text size="xs" fw={500}>
        {words.solutions}
      </Text>
      {solutions.map((each) => (
        <SolutionField key={each} solution={each} />
      ))}
      {mayWrite && (
        <div>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconPlus size={13} />}
            onClick={() => addSolution(editing, opportunity, words.newSolution)}
          >
            {words.newSolution}
          </Button>
        </div>
      )}
    </Stack>
  );
}

function SolutionField({ solution }: { readonly solution: string }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const fields = useFields("solutions", solution);
  const tasks = useChildren("tasks", solution);
  const title = String(fields.title ?? "");
  return (
    <Stack gap={4} className={classes.entry} role="group" aria-label={title}>
      <Group gap={4} wrap="nowrap">
        <div style={{ flex: 3 }}>
          <Said
            label={words.solution}
            isHidden
            value={title}
            onSay={(text) => rename(editing, "solutions", solution, text)}
          />
        </div>
        <Select
          style={{ flex: 2 }}
          size="xs"
          aria-label={`${words.state}: ${title}`}
          allowDeselect={false}
          readOnly={!mayWrite}
          data={Object.entries(words.solutionStates).map(([value, label]) => ({ value, label }))}
          value={String(fields.status ?? "idea")}
          onChange={(value) => setField(editing, "solutions", solution, "status", value ?? undefined)}
        />
        {mayWrite && (
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={`${words.remove}: ${title}`}
            onClick={() => remove(editing, "solutions", solution)}
          >
            <IconTrash size={14} />
          </ActionIcon>
        )}
      </Group>
      {tasks.map((each) => (
        <TaskField key={each} task={each} />
      ))}
      {mayWrite && (
        <div>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconPlus size={13} />}
            onClick={() => addTask(editing, solution, words.newTask)}
          >
            {words.newTask}
          </Button>
        </div>
      )}
    </Stack>
  );
}
