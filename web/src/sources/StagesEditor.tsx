import { ActionIcon, Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconX } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useWords } from "../base/words";
import { InlineName } from "./InlineName";
import classes from "./StagesEditor.module.css";
import { sourcesWords } from "./sourcesWords";
import { addStage, type Draft, moveStage, removeStage, renameStage } from "./taxonomy";

interface StagesEditorProps {
  readonly draft: Draft;
  readonly mayChange: boolean;
  readonly onChange: (draft: Draft) => void;
}

/** The stages in the order of the journey: named, moved, added, removed. */
export function StagesEditor({ draft, mayChange, onChange }: StagesEditorProps) {
  const words = useWords(sourcesWords);
  const [added, setAdded] = useState("");

  function add(event: FormEvent) {
    event.preventDefault();
    onChange(addStage(draft, added));
    setAdded("");
  }

  return (
    <section>
      <Title order={2} size="h5">
        {words.stages}
      </Title>
      <Text size="xs" c="dimmed" mb={8}>
        {draft.stages.length === 0 ? words.noStages : words.stagesHint}
      </Text>
      <Stack gap="sm">
        {draft.stages.length > 0 && (
          <ol className={classes.stages}>
            {draft.stages.map((stage) => (
              <li key={stage}>
                <Stage stage={stage} draft={draft} mayChange={mayChange} onChange={onChange} />
              </li>
            ))}
          </ol>
        )}
        {mayChange && (
          <form onSubmit={add}>
            <Group gap="xs">
              <TextInput
                size="xs"
                aria-label={words.stageName}
                placeholder={words.stageName}
                value={added}
                onChange={(event) => setAdded(event.currentTarget.value)}
              />
              <Button type="submit" size="xs" variant="default">
                {words.addStage}
              </Button>
            </Group>
          </form>
        )}
      </Stack>
    </section>
  );
}

function Stage({ stage, draft, mayChange, onChange }: StagesEditorProps & { readonly stage: string }) {
  const words = useWords(sourcesWords);
  if (!mayChange) return <Text size="sm">{stage}</Text>;
  const actions = [
    [words.moveLeft(stage), IconChevronLeft, () => moveStage(draft, stage, -1)],
    [words.moveRight(stage), IconChevronRight, () => moveStage(draft, stage, 1)],
    [words.removeStage(stage), IconX, () => removeStage(draft, stage)],
  ] as const;
  return (
    <Group gap={0} wrap="nowrap">
      <InlineName
        name={stage}
        label={words.renameOf(stage)}
        onRename={(to) => onChange(renameStage(draft, stage, to))}
      />
      {actions.map(([label, Icon, act]) => (
        <ActionIcon
          key={label}
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={label}
          onClick={() => onChange(act())}
        >
          <Icon size={14} />
        </ActionIcon>
      ))}
    </Group>
  );
}
