import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { askAgain } from "../../base/api/askAgain";
import { answer, api } from "../../base/api/client";
import type { DocumentAnswer } from "../../base/api/schema.gen";
import { useWords } from "../../base/words";
import { MAPS_KEY } from "../asking";
import { mapsWords } from "../mapsWords";

interface Change {
  readonly tree: Record<string, unknown>;
  /** The version that was changed. */
  readonly basedOn: number | undefined;
}

/** Saves a persona as its next version, or a new one; `onSaved` gets it as it stands then. */
export function useSavePersona(id: string | undefined, onSaved: (saved: DocumentAnswer) => void) {
  const words = useWords(mapsWords);
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async ({ tree, basedOn }: Change): Promise<DocumentAnswer> => {
      const saved =
        id === undefined
          ? await answer(
              api.POST("/api/maps/documents/{kind}", { params: { path: { kind: "persona" } }, body: { tree } }),
            )
          : await answer(
              api.PUT("/api/maps/documents/{kind}/{ident}", {
                params: { path: { kind: "persona", ident: id } },
                body: { tree, based_on: basedOn ?? null },
              }),
            );
      const path = { kind: "persona", ident: saved.id };
      return answer(api.GET("/api/maps/documents/{kind}/{ident}", { params: { path } }));
    },
    onSuccess: async (saved) => {
      await askAgain(client, { queryKey: MAPS_KEY });
      notifications.show({ message: words.savedPersona(saved.version), color: "teal" });
      if (id === undefined) void navigate(`/personas/${saved.id}`, { replace: true });
      else onSaved(saved);
    },
  });
}
