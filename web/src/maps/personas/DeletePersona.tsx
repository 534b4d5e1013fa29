import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { askAgain } from "../../base/api/askAgain";
import { answer, api } from "../../base/api/client";
import { ApiError } from "../../base/api/errors";
import { Sure } from "../../base/Sure";
import { unasked } from "../../base/unsaved/unasked";
import { useWords } from "../../base/words";
import { MAPS_KEY, usePersonas } from "../asking";
import { mapsWords } from "../mapsWords";

/** Deletes a persona, with a way back: its versions stay. */
export function DeletePersona({ id, name }: { readonly id: string; readonly name: string }) {
  const words = useWords(mapsWords);
  const client = useQueryClient();
  const navigate = useNavigate();
  const params = { path: { kind: "persona", ident: id } };
  const again = (): Promise<void> => askAgain(client, { queryKey: MAPS_KEY });
  const undo = async (version: number): Promise<void> => {
    await answer(api.POST("/api/maps/documents/{kind}/{ident}/restore", { params, body: { version } }));
    await again();
    await navigate(`/personas/${id}`);
  };
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE("/api/maps/documents/{kind}/{ident}", { params })),
    onSuccess: async (gone) => {
      await unasked(() => navigate("/personas"));
      await again();
      notifications.show({
        title: words.deleted(name),
        message: (
          <Button size="compact-sm" variant="default" onClick={() => void undo(gone.version - 1)}>
            {words.undo}
          </Button>
        ),
        autoClose: 15_000,
      });
    },
    onError: (error) =>
      notifications.show({ color: "red", message: error instanceof ApiError ? error.message : String(error) }),
  });
  const maps = usePersonas().data?.documents.find((each) => each.id === id)?.maps ?? [];
  const [asks, setAsks] = useState(false);
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        loading={remove.isPending}
        onClick={() => (maps.length === 0 ? remove.mutate() : setAsks(true))}
        {...(maps.length > 0 && { "aria-haspopup": "dialog" as const })}
      >
        {words.deletePersona}
      </Button>
      {asks && (
        <Sure
          title={words.deletePersonaTitle(name)}
          hint={words.deletePersonaUsed(maps.length, maps.map((each) => each.name).join(", "))}
          action={words.deletePersona}
          busy={remove.isPending}
          onDo={() => remove.mutate()}
          onClose={() => setAsks(false)}
        />
      )}
    </>
  );
}
