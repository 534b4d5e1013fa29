import { Select, Stack, Text } from "@mantine/core";
import { useWords } from "../../../base/words";
import { useDocument, useLibrary } from "../../asking";
import { readOutline } from "../../readMap";
import { mapsAbove } from "../../relations";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { setParent } from "../model/commands/head";
import { setField } from "../model/commands/setField";
import { type Fields, isFields, ROOT } from "../model/shape";
import { useRead } from "../reading";
import { MapPicker } from "./MapPicker";

const NONE: Fields = {};

/** Which map this one shows in detail, and which one shows how it shall be. */
export function PlaceFields() {
  const words = useWords(editorWords);
  const { editing, session } = useEditor();
  const cards = useLibrary().data?.maps ?? [];
  const parent = useRead((store) => (isFields(store.root.parent) ? store.root.parent : NONE));
  const future = useRead((store) => store.root.future);
  const isFuture = useRead((store) => store.root.state === "future");
  const above = typeof parent.map === "string" ? parent.map : undefined;
  return (
    <Stack gap={6} role="group" aria-label={words.place}>
      <Text size="xs" fw={500}>
        {words.place}
      </Text>
      <MapPicker
        label={words.parent}
        placeholder={words.parentNone}
        value={above}
        isOffered={(card) => !mapsAbove(cards, card.id).some((each) => each.id === session.map)}
        onPick={(map) => setParent(editing, map)}
      />
      {above !== undefined && (
        <ParentStep map={above} step={typeof parent.step === "string" ? parent.step : undefined} />
      )}
      {(!isFuture || typeof future === "string") && (
        <MapPicker
          label={words.futureMap}
          placeholder={words.futureNone}
          value={typeof future === "string" ? future : undefined}
          isOffered={(card) => card.state === "future"}
          onPick={(map) => setField(editing, ROOT, "", "future", map)}
        />
      )}
    </Stack>
  );
}

/** The step of the map above that this one shows; without one, all of that map. */
function ParentStep({ map, step }: { readonly map: string; readonly step: string | undefined }) {
  const words = useWords(editorWords);
  const { editing, mayWrite } = useEditor();
  const document = useDocument("map", map).data;
  const phases = document === undefined ? [] : readOutline(document.tree).phases;
  const known = phases.some((phase) => phase.steps.some((each) => each.id === step));
  const groups = phases.map((phase) => ({
    group: phase.name,
    items: phase.steps.map((each) => ({ value: each.id, label: each.name })),
  }));
  return (
    <Select
      size="xs"
      label={words.parentStep}
      placeholder={words.parentWhole}
      readOnly={!mayWrite}
      searchable
      clearable
      data={step === undefined || known ? groups : [...groups, { group: "", items: [{ value: step, label: step }] }]}
      value={step ?? null}
      onChange={(id) => setParent(editing, map, id ?? undefined)}
    />
  );
}
