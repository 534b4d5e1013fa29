import { Button, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { askAgain } from "../../../base/api/askAgain";
import { answer, api } from "../../../base/api/client";
import { useWords } from "../../../base/words";
import { MAPS_KEY, useLibrary } from "../../asking";
import { LEVELS } from "../../names";
import { mapsAbove } from "../../relations";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { setField } from "../model/commands/setField";
import { useFields, useRead } from "../reading";
import { MapPicker } from "./MapPicker";

/** Which map shows a step in detail: one of the library, or a new one at the level below. */
export function DetailField({ step }: { readonly step: string }) {
  const words = useWords(editorWords);
  const { editing, session, mayWrite } = useEditor();
  const fields = useFields("steps", step);
  const level = useRead((store) => String(store.root.level ?? "journey"));
  const cards = useLibrary().data?.maps ?? [];
  const above = new Set(mapsAbove(cards, session.map).map((each) => each.id));
  const detail = typeof fields.map === "string" ? fields.map : undefined;
  const client = useQueryClient();
  const say = (map: string | undefined): void => setField(editing, "steps", step, "map", map);
  const make = useMutation({
    mutationFn: () => {
      const below = LEVELS[Math.min((LEVELS as readonly string[]).indexOf(level) + 1, LEVELS.length - 1)] ?? "journey";
      const body = { title: String(fields.name ?? step), level: below, parent: { map: session.map, step } };
      return answer(api.POST("/api/maps/new", { body }));
    },
    onSuccess: async ({ id }) => {
      await askAgain(client, { queryKey: [...MAPS_KEY, "library"] });
      say(id);
    },
    onError: (error) => notifications.show({ message: error.message, color: "red" }),
  });
  return (
    <Stack gap={4}>
      <MapPicker
        label={words.detail}
        placeholder={words.detailNone}
        description={words.detailHint}
        value={detail}
        isOffered={(card) => !above.has(card.id)}
        onPick={say}
      />
      {mayWrite && detail === undefined && (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlus size={13} aria-hidden />}
          loading={make.isPending}
          onClick={() => make.mutate()}
        >
          {words.detailNew}
        </Button>
      )}
    </Stack>
  );
}
