import { Select } from "@mantine/core";
import { useWords } from "../../../base/words";
import { useJourneys } from "../../asking";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { renameMap } from "../model/commands/rename";
import { setField } from "../model/commands/setField";
import { isFields, ROOT } from "../model/shape";
import { useRead } from "../reading";
import { LevelFields } from "./LevelFields";
import { PersonasField } from "./PersonasField";
import { PlaceFields } from "./PlaceFields";
import { ReviewFields } from "./ReviewFields";
import { Said } from "./Said";
import { ScopeFields } from "./ScopeFields";
import { TagsField } from "./TagsField";

/** The map itself: title, goal, level, whom it is about, owner, review, personas, its place among the maps. */
export function MapPanel() {
  const words = useWords(editorWords);
  const { editing } = useEditor();
  const root = useRead((store) => store.root);
  const owner = isFields(root.owner) ? root.owner : {};
  const say = (field: string) => (text: string) => setField(editing, ROOT, "", field, text === "" ? undefined : text);
  const sayOwner = (field: "name" | "department") => (text: string) => {
    const { [field]: _, ...others } = owner;
    const said = text === "" ? others : { ...others, [field]: text };
    setField(editing, ROOT, "", "owner", typeof said.name === "string" ? said : undefined);
  };
  return (
    <>
      <Said label={words.name} value={String(root.title ?? "")} onSay={(text) => renameMap(editing, text)} />
      <Said label={words.summary} value={String(root.summary ?? "")} lines onSay={say("summary")} />
      <Said label={words.mapGoal} value={String(root.goal ?? "")} lines onSay={say("goal")} />
      <LevelFields />
      <Said label={words.owner} value={String(owner.name ?? "")} onSay={sayOwner("name")} />
      {owner.name !== undefined && (
        <Said label={words.department} value={String(owner.department ?? "")} onSay={sayOwner("department")} />
      )}
      <JourneyField />
      <ScopeFields />
      <TagsField />
      <ReviewFields />
      <PersonasField />
      <PlaceFields />
    </>
  );
}

/** The journey definition that the map is tied to: it cuts the journeys that the map is measured with. */
function JourneyField() {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const said = useRead((store) => store.root.journey);
  const known = (useJourneys().data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const value = typeof said === "string" ? said : null;
  const isKnown = value === null || known.some((each) => each.value === value);
  if (known.length === 0 && value === null) return null;
  return (
    <Select
      size="xs"
      label={words.journey}
      placeholder={words.journeyNone}
      readOnly={!mayWrite}
      clearable
      data={isKnown ? known : [...known, { value, label: value }]}
      value={value}
      onChange={(id) => setField(editing, ROOT, "", "journey", id ?? undefined)}
    />
  );
}
