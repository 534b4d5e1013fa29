import { Stack, Text } from "@mantine/core";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { addOpportunityAt } from "../model/commands/opportunities";
import type { Store } from "../model/Store";
import { useAlike } from "../reading";
import { NewOpportunity } from "./NewOpportunity";
import { OpportunityField } from "./OpportunityField";

/** The opportunities that any lane names at a step, and a new one. */
export function StepOpportunities({ step }: { readonly step: string }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const named = useAlike((store) => namedAt(store, step));
  if (named.length === 0 && !mayWrite) return null;
  return (
    <Stack gap="xs" role="group" aria-label={words.opportunitiesHere}>
      <Text size="xs" fw={500}>
        {words.opportunitiesHere}
      </Text>
      {named.map((id) => (
        <OpportunityField key={id} opportunity={id} />
      ))}
      {mayWrite && (
        <NewOpportunity label={words.newOpportunity} onMake={(title) => addOpportunityAt(editing, title, step)} />
      )}
    </Stack>
  );
}

/** What the cells, and the claims in them, of a step name. */
function namedAt(store: Store, step: string): readonly string[] {
  const found = store.children("lanes").flatMap((lane) => {
    const view = store.cell(lane, step);
    const lists = [view.fields.opportunities, ...view.claims.map((claim) => claim.fields.opportunities)];
    return lists.flatMap((each) => (Array.isArray(each) ? each.map(String) : []));
  });
  return [...new Set(found)];
}
