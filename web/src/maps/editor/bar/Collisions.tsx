import { Alert, Button, Group, List, Text } from "@mantine/core";
import { useWords } from "../../../base/words";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { focusPlace } from "../focusPlace";
import type { Collision } from "../model/collisions";
import { holderOf } from "../model/living";
import type { Store } from "../model/Store";
import { type Plain, ROOT } from "../model/shape";
import { type Place, placeName } from "../places";
import { useStanding } from "../reading";
import { placeTitle } from "../titles";
import type { EditorWords } from "../words.en";

/** What two people wrote at one place while one of them was away: what counts, and what does not, to be taken all the same. */
export function Collisions() {
  const words = useWords(editorWords);
  const { session } = useEditor();
  const { collisions, line } = useStanding();
  if (collisions.length === 0 || line === "refused") return null;
  const settle = (collision: Collision): void => {
    session.connection.settle(collision);
    focusPlace(placeName(placeOf(session.editing.store, collision)));
  };
  const take = (collision: Collision): void => {
    const { kind, id, field, lost } = collision;
    session.editing.change((pen) => pen.set(kind, id, field, lost));
    settle(collision);
  };
  return (
    <Alert color="orange" title={words.collisions.title(collisions.length)} role="alert">
      <List size="sm" listStyleType="none" spacing={6}>
        {collisions.map((each) => (
          <List.Item
            key={`${each.kind} ${each.id} ${each.field}`}
            styles={{ itemWrapper: { width: "100%" }, itemLabel: { flex: 1 } }}
          >
            <Group justify="space-between" gap="sm">
              <Told collision={each} />
              <Group gap="xs">
                <Button size="compact-xs" variant="default" onClick={() => take(each)}>
                  {each.stands === "mine" ? words.collisions.takeTheirs : words.collisions.takeMine}
                </Button>
                <Button size="compact-xs" variant="subtle" onClick={() => settle(each)}>
                  {words.collisions.leave}
                </Button>
              </Group>
            </Group>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

function Told({ collision }: { readonly collision: Collision }) {
  const words = useWords(editorWords);
  const { store } = useEditor().session.editing;
  const { stands, counts, lost } = collision;
  const [mine, theirs] = stands === "mine" ? [counts, lost] : [lost, counts];
  return (
    <Text size="sm" flex={1} miw={200}>
      <Text span fw={550} size="sm">
        {NAMING.has(collision.field) ? words.collisions.name : placeTitle(store, placeOf(store, collision), words)}
      </Text>
      : {words.collisions.told(shown(mine, words), shown(theirs, words), stands === "mine")}
    </Text>
  );
}

/** Fields that say what a thing is called: a title of the place would be one of both texts. */
const NAMING: ReadonlySet<string> = new Set(["name", "title", "label"]);

/** Where in the grid the field of a thing is seen. */
function placeOf(store: Store, { kind, id }: Pick<Collision, "kind" | "id">): Place {
  if (kind === "phases") return { kind: "phase", phase: id };
  if (kind === "steps") return { kind: "step", step: id };
  if (kind === "lanes") return { kind: "lane", lane: id };
  if (kind === "cells") {
    const said = store.fields("cells", id);
    return { kind: "cell", lane: holderOf(said), step: String(said.step ?? "") };
  }
  if (kind === "claims" || kind === "touchpoints")
    return placeOf(store, { kind: "cells", id: holderOf(store.fields(kind, id)) });
  return { kind: ROOT };
}

function shown(value: Plain | undefined, words: EditorWords): string {
  if (value === undefined || value === null || value === "") return words.collisions.nothing;
  return typeof value === "object" ? words.collisions.other : `“${String(value)}”`;
}
