import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconPlus, IconRoute } from "@tabler/icons-react";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import type { DefinitionAnswer } from "../../base/api/schema.gen";
import { baseWords } from "../../base/baseWords";
import { useMay } from "../../base/me";
import { Asked } from "../../base/states/Asked";
import { Empty } from "../../base/states/Empty";
import { unasked } from "../../base/unsaved/unasked";
import { useWords } from "../../base/words";
import { outcomesOf } from "./addresses";
import { useDefinitions } from "./asking";
import { DefinitionDrawer } from "./DefinitionDrawer";
import { DefinitionView } from "./DefinitionView";
import { definitionsWords } from "./definitionsWords";
import { RemoveDefinition } from "./RemoveDefinition";

/** What was done last: which journey, and whether there still is one to look at. */
interface Done {
  readonly what: "saved" | "removed";
  readonly definition: DefinitionAnswer;
}

/** The journeys that are defined; whoever may change data adds, changes and removes them. */
export function DefinitionsPanel() {
  const words = useWords(definitionsWords);
  const mayChange = useMay("change_data");
  const [params, setParams] = useSearchParams();
  const [done, setDone] = useState<Done | null>(null);
  const show = (said: Readonly<Record<string, string>>) => setParams(said, { preventScrollReset: true });
  const close = () => unasked(() => setParams({}, { preventScrollReset: true, replace: true }));
  const finish = (next: Done) => {
    setDone(next);
    close();
  };
  const add = () => show({ add: "journey" });
  const query = useDefinitions();
  const changing = useStaying(query.data, params.get("change"));
  return (
    <Asked query={query}>
      {(definitions) => {
        const removing = definitions.find((each) => each.id === params.get("remove"));
        return (
          <Stack gap={40}>
            {done !== null && <DoneNote done={done} onClose={() => setDone(null)} />}
            {definitions.length === 0 ? (
              <NoDefinitions onAdd={mayChange ? add : undefined} />
            ) : (
              <Group justify="space-between" align="flex-start" gap="sm">
                <Text size="sm" c="dimmed" maw={640}>
                  {words.lead}
                </Text>
                {mayChange && <AddButton onAdd={add} />}
              </Group>
            )}
            {definitions.map((each) => (
              <DefinitionView
                key={each.id}
                definition={each}
                onChange={mayChange ? () => show({ change: each.id }) : undefined}
                onRemove={mayChange ? () => show({ remove: each.id }) : undefined}
              />
            ))}
            {mayChange && (changing !== undefined || params.has("add")) && (
              <DefinitionDrawer
                key={changing?.id ?? ""}
                definition={changing}
                definitions={definitions}
                onSaved={(definition) => finish({ what: "saved", definition })}
                onClose={close}
              />
            )}
            {mayChange && removing !== undefined && (
              <RemoveDefinition
                definition={removing}
                onRemoved={() => finish({ what: "removed", definition: removing })}
                onClose={close}
              />
            )}
          </Stack>
        );
      }}
    </Asked>
  );
}

/** The definition with an id; the last that was seen where somebody removes it meanwhile, so that what is written stays. */
function useStaying(definitions: readonly DefinitionAnswer[] | undefined, id: string | null) {
  const found = definitions?.find((each) => each.id === id);
  const [last, setLast] = useState(found);
  if (found !== undefined && found !== last) setLast(found);
  return found ?? (last?.id === id ? last : undefined);
}

function AddButton({ onAdd }: { readonly onAdd: () => void }) {
  const words = useWords(definitionsWords);
  return (
    <Button size="xs" leftSection={<IconPlus size={16} />} aria-haspopup="dialog" onClick={onAdd}>
      {words.add}
    </Button>
  );
}

function NoDefinitions({ onAdd }: { readonly onAdd: (() => void) | undefined }) {
  const words = useWords(definitionsWords);
  return (
    <Empty icon={<IconRoute size={40} stroke={1.2} />} title={words.none}>
      <Stack gap="md" align="center">
        <Text size="sm">{onAdd === undefined ? words.noneHintReader : words.noneHint}</Text>
        {onAdd !== undefined && <AddButton onAdd={onAdd} />}
      </Stack>
    </Empty>
  );
}

function DoneNote({ done, onClose }: { readonly done: Done; readonly onClose: () => void }) {
  const words = useWords(definitionsWords);
  const { close } = useWords(baseWords);
  return (
    <Alert
      role="status"
      variant="light"
      icon={<IconCheck />}
      withCloseButton
      closeButtonLabel={close}
      onClose={onClose}
      title={words[done.what](done.definition.name)}
    >
      {done.what === "saved" && (
        <Anchor component={Link} size="sm" to={outcomesOf(done.definition.id)}>
          {words.seeHow}
        </Anchor>
      )}
    </Alert>
  );
}
