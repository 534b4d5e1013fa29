import { ActionIcon, Group, ScrollArea, SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { use } from "react";
import { useWords } from "../../../base/words";
import { aboutName, openByPlace, useThreads } from "../../panels/threads";
import { aboutsOf, CommentsContext } from "../comments/CommentsContext";
import { PlaceComments } from "../comments/PlaceComments";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { laneLabel } from "../grid/LaneHead";
import type { Store } from "../model/Store";
import { isThere, type Place } from "../places";
import { useAlike, useRead, useSelected } from "../reading";
import type { EditorWords } from "../words.en";
import { CellPanel } from "./CellPanel";
import { LanePanel } from "./LanePanel";
import { MapPanel } from "./MapPanel";
import { PhasePanel } from "./PhasePanel";
import { StepPanel } from "./StepPanel";

/** How long a place is selected before its details are shown, in milliseconds: going by does not show them. */
const REST = 120;

/** Everything about what is selected. */
export function SidePanel({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(editorWords);
  const [selected] = useDebouncedValue(
    useSelected(({ place }) => place),
    REST,
  );
  const place = useRead((store) => isThere(store, selected)) ? selected : ({ kind: "map" } as const);
  const [kind, name] = useRead((store) => headOf(store, place, words)).split("\n");
  const { side, choose } = use(CommentsContext);
  return (
    <Stack gap={0} h="100%">
      <Group justify="space-between" wrap="nowrap" px="md" py="xs" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <Text size="xs" c="dimmed">
            {kind}
          </Text>
          <Title order={2} size="h5" lineClamp={2}>
            {name}
          </Title>
        </div>
        <ActionIcon variant="subtle" color="gray" aria-label={words.closeDetails} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </Group>
      <SegmentedControl
        size="xs"
        mx="md"
        mb="sm"
        aria-label={words.beside}
        value={side}
        onChange={(value) => choose(value === "comments" ? value : "details")}
        data={[
          { value: "details", label: words.details },
          { value: "comments", label: <CommentsLabel place={place} /> },
        ]}
      />
      <ScrollArea flex={1} type="auto" px="md" pb="md">
        <Stack gap="md" pb="md">
          {side === "comments" ? (
            <PlaceComments key={JSON.stringify(place)} place={place} />
          ) : (
            <PanelOf key={JSON.stringify(place)} place={place} />
          )}
        </Stack>
      </ScrollArea>
    </Stack>
  );
}

/** With how many threads about the place, or about anything in the map, are not settled. */
function CommentsLabel({ place }: { readonly place: Place }) {
  const words = useWords(editorWords);
  const { session } = useEditor();
  const ids = useAlike((store) => (place.kind === "cell" ? store.cellsAt(place.lane, place.step) : []));
  const open = openByPlace(useThreads(session.map).data?.threads ?? []);
  const names = place.kind === "map" ? [...open.keys()] : aboutsOf(place, ids).map(aboutName);
  const count = names.reduce((sum, each) => sum + (open.get(each) ?? 0), 0);
  return <>{count === 0 ? words.comments : words.commentsOf(count)}</>;
}

function PanelOf({ place }: { readonly place: Place }) {
  if (place.kind === "phase") return <PhasePanel phase={place.phase} />;
  if (place.kind === "step") return <StepPanel step={place.step} />;
  if (place.kind === "lane") return <LanePanel lane={place.lane} />;
  if (place.kind === "cell") return <CellPanel lane={place.lane} step={place.step} />;
  return <MapPanel />;
}

/** What is selected: its kind, and its name, on two lines. */
function headOf(store: Store, place: Place, words: EditorWords): string {
  const name = (kind: "phases" | "steps", id: string): string => String(store.fields(kind, id).name ?? "");
  if (place.kind === "phase") return `${words.phase}\n${name("phases", place.phase)}`;
  if (place.kind === "step") return `${words.step}\n${name("steps", place.step)}`;
  if (place.kind === "map") return `${words.map}\n${String(store.root.title ?? "")}`;
  const lane = laneLabel(store.fields("lanes", place.lane), words.laneRoles);
  return place.kind === "lane" ? `${words.lane}\n${lane}` : `${lane}\n${name("steps", place.step)}`;
}
