import { Anchor, Select, Stack } from "@mantine/core";
import { Link } from "react-router";
import type { MapCard } from "../../../base/api/schema.gen";
import { useWords } from "../../../base/words";
import { useLibrary } from "../../asking";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";

interface MapPickerProps {
  readonly label: string;
  readonly placeholder: string;
  readonly description?: string;
  /** The id of the map that is picked; undefined: none. */
  readonly value: string | undefined;
  readonly isOffered: (card: MapCard) => boolean;
  readonly onPick: (id: string | undefined) => void;
}

/** Another map of the library, picked by its title; one that is gone says so. */
export function MapPicker({ label, placeholder, description, value, isOffered, onPick }: MapPickerProps) {
  const words = useWords(editorWords);
  const { session, mayWrite } = useEditor();
  const library = useLibrary().data;
  const cards = library?.maps ?? [];
  const offered = cards.filter((card) => card.id !== session.map && (card.id === value || isOffered(card)));
  const data = offered.map((card) => ({ value: card.id, label: card.title }));
  const isGone = value !== undefined && library !== undefined && !cards.some((card) => card.id === value);
  const isKnown = value === undefined || data.some((each) => each.value === value);
  return (
    <Stack gap={2}>
      <Select
        size="xs"
        label={label}
        placeholder={placeholder}
        description={description}
        readOnly={!mayWrite}
        searchable
        clearable
        data={isKnown ? data : [...data, { value, label: isGone ? words.isGone(value) : value }]}
        value={value ?? null}
        onChange={(id) => onPick(id ?? undefined)}
      />
      {value !== undefined && !isGone && (
        <Anchor component={Link} to={`/maps/${value}`} size="xs">
          {words.open}
        </Anchor>
      )}
    </Stack>
  );
}
