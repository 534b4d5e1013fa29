import { Anchor, Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import type { DefinitionAnswer } from "../../base/api/schema.gen";
import { baseWords } from "../../base/baseWords";
import { Asked } from "../../base/states/Asked";
import { Failed } from "../../base/states/Failed";
import { useFocusBack } from "../../base/useFocusBack";
import { useWords } from "../../base/words";
import { useDependents, useRemoveDefinition } from "./asking";
import { DefinitionFacts } from "./DefinitionView";
import { definitionsWords } from "./definitionsWords";
import type { Dependents } from "./dependents";

interface RemoveDefinitionProps {
  readonly definition: DefinitionAnswer;
  readonly onRemoved: () => void;
  readonly onClose: () => void;
}

/** Asks before a definition is removed, and says what depends on it. */
export function RemoveDefinition({ definition, onRemoved, onClose }: RemoveDefinitionProps) {
  const words = useWords(definitionsWords);
  const base = useWords(baseWords);
  useFocusBack();
  const dependents = useDependents(definition);
  const removing = useRemoveDefinition();
  const [opened] = useState(definition.revision);
  const revision = removing.error === null ? opened : definition.revision;
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.removeTitle(definition.name)}
      closeButtonProps={{ "aria-label": base.close }}
    >
      <Stack gap="md">
        {removing.error !== null && <Failed error={removing.error} />}
        {definition.revision !== opened && <DefinitionFacts definition={definition} />}
        <Text size="sm">{words.removeHint}</Text>
        <Asked query={dependents} lines={2}>
          {(found) => <Depending dependents={found} />}
        </Asked>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {base.cancel}
          </Button>
          <Button
            color="red"
            disabled={dependents.isPending}
            loading={removing.isPending}
            onClick={() => removing.mutate({ id: definition.id, revision }, { onSuccess: onRemoved })}
          >
            {words.remove}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Depending({ dependents: { questions, maps } }: { readonly dependents: Dependents }) {
  const words = useWords(definitionsWords);
  if (questions.length === 0 && maps.length === 0) return <Text size="sm">{words.nothingDepends}</Text>;
  return (
    <Stack gap="sm">
      {questions.length > 0 && (
        <div>
          <Text size="sm">{words.questionsDepend}</Text>
          <List size="sm">
            {questions.map((each) => (
              <List.Item key={each.saved}>{each.name}</List.Item>
            ))}
          </List>
        </div>
      )}
      {maps.length > 0 && (
        <div>
          <Text size="sm">{words.mapsDepend}</Text>
          <List size="sm">
            {maps.map((each) => (
              <List.Item key={each.id}>
                <Anchor component={Link} size="sm" to={`/maps/${each.id}`}>
                  {each.title}
                </Anchor>
              </List.Item>
            ))}
          </List>
        </div>
      )}
    </Stack>
  );
}
