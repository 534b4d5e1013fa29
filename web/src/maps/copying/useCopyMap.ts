import { notifications } from "@mantine/notifications";
import { type UseMutationResult, useMutation } from "@tanstack/react-query";
import { answer, api } from "../../base/api/client";
import type { SavedAnswer } from "../../base/api/schema.gen";
import { useWords } from "../../base/words";
import { useMade } from "../library/useMade";
import { mapsWords } from "../mapsWords";

/** A copy by itself, or one that says how it shall be. */
export type Copying = "copy" | "future";

/** Copies a map and opens the copy; where that fails, it is told. */
export function useCopyMap(id: string, title: string): UseMutationResult<SavedAnswer, Error, Copying> {
  const words = useWords(mapsWords);
  const made = useMade();
  return useMutation({
    mutationFn: (how: Copying) => {
      const asked = {
        params: { path: { ident: id } },
        body: { title: how === "copy" ? words.copyTitle(title) : words.futureTitle(title) },
      };
      return answer(
        how === "copy"
          ? api.POST("/api/maps/map/{ident}/copy", asked)
          : api.POST("/api/maps/map/{ident}/future", asked),
      );
    },
    onSuccess: (saved, how) => {
      made(saved);
      const said =
        how === "copy" ? words.mapCopied(words.copyTitle(title)) : words.futureDrawn(words.futureTitle(title));
      notifications.show({ message: said, color: "teal" });
    },
    onError: (error) => notifications.show({ message: error.message, color: "red" }),
  });
}
