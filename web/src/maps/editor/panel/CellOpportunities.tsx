import { Select, Stack, Text } from "@mantine/core";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { setCell } from "../model/commands/cells";
import { addOpportunity } from "../model/commands/opportunities";
import { useAlike, useCell } from "../reading";
import { useNameOf } from "./asking";
import { NewOpportunity } from "./NewOpportunity";
import { OpportunityField } from "./OpportunityField";

/** The opportunities that a cell names: to be made, picked, rated, and given solutions. */
export function CellOpportunities({ lane, step }: { readonly lane: string; readonly step: string }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const said = useCell(lane, step).fields.opportunities;
  const named = Array.isArray(said) ? said.map(String) : [];
  const titleOf = useNameOf("opportunity");
  const others = useAlike((store) =>
    store
      .children("opportunities")
      .filter((id) => !named.includes(id))
      .map((id) => ({ id, own: store.fields("opportunities", id).title })),
  ).map(({ id, own }) => ({ value: id, label: titleOf(id, own) }));
  const name = (ids: readonly string[]): void =>
    setCell(editing, lane, step, { opportunities: ids.length === 0 ? undefined : ids });
  return (
    <Stack gap="xs" role="group" aria-label={words.opportunitiesHere}>
      <Text size="xs" fw={500}>
        {words.opportunitiesHere}
      </Text>
      {named.map((id) => (
        <OpportunityField key={id} opportunity={id} onUnname={() => name(named.filter((each) => each !== id))} />
      ))}
      {mayWrite && (
        <NewOpportunity
          label={words.newOpportunity}
          onMake={(title) => addOpportunity(editing, title, { lane, step })}
        />
      )}
      {mayWrite && others.length > 0 && (
        <Select
          size="xs"
          aria-label={words.pickOpportunity}
          placeholder={words.pickOpportunity}
          searchable
          data={others}
          value={null}
          onChange={(id) => id !== null && name([...named, id])}
        />
      )}
    </Stack>
  );
}
