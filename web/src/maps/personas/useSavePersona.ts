import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { askAgain } from "../../base/api/askAgain";
import { answer, api } from "../../base/api/client";
import type { DocumentAnswer } from "../../base/api/schema.gen";
import { unasked } from "../../base/unsaved/unasked";
import { useWords } from "../../base/words";
import { MAPS_KEY } from "../asking";
import { mapsWords } from "../mapsWords";

interface Change {
  readonly tree: Record<string, unknown>;
  /** The version that was changed. */
  readonly basedOn: number | undefined;
  /** It was deleted meanwhile: that version is restored first. */
  readonly isGone?: boolean;
}

/** Saves a persona as its next version, or a new one; `onSaved` gets it as it stands then. */
export function useSavePersona(id: string | undefined, onSaved: (saved: DocumentAnswer) => void) {
  const words = useWords(mapsWords);
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async ({ tree, basedOn, isGone }: Change): Promise<DocumentAnswer> => {
      const based = isGone && id !== undefined && basedOn !== undefined ? await restored(id, basedOn) : basedOn;
      const saved =
        id === undefined
          ? await answer(
              api.POST("/api/maps/documents/{kind}", { params: { path: { kind: "persona" } }, body: { tree } }),
            )
          : await answer(
              api.PUT("/api/maps/documents/{kind}/{ident}", {
                params: { path: { kind: "persona", ident: id } },
                body: { tree, based_on: based ?? null },
              }),
            );
      const path = { kind: "persona", ident: saved.id };
      return answer(api.GET("/api/maps/documents/{kind}/{ident}", { params: { path } }));
    },
    onSuccess: async (saved) => {
      await askAgain(client, { queryKey: MAPS_KEY });
      notifications.show({ message: words.savedPersona(saved.version), color: "teal" });
      if (id === undefined) unasked(() => void navigate(`/personas/${saved.id}`, { replace: true }));
      else onSaved(saved);
    },
  });
}

/** The number that an earlier version has when it is the newest again. */
async function restored(id: string, version: number): Promise<number> {
  const params = { path: { kind: "persona", ident: id } };
  const saved = await answer(api.POST("/api/maps/documents/{kind}/{ident}/restore", { params, body: { version } }));
  return saved.version;
}
