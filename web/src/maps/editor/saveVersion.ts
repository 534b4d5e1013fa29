import { notifications } from "@mantine/notifications";
import { useCallback } from "react";
import { answer, api } from "../../base/api/client";
import { useWords } from "../../base/words";
import { editorWords } from "./editorWords";
import type { Session } from "./together/Session";

/** Makes what is written a version now, and says its number. */
export function useSaveVersion({ map, connection }: Session): () => void {
  const words = useWords(editorWords);
  return useCallback(() => {
    if (connection.standing().status?.deleted === true) return;
    const save = async (): Promise<void> => {
      const { version, problems } = await answer(
        api.POST("/api/maps/map/{ident}/together/version", { params: { path: { ident: map } } }),
      );
      if (problems.length === 0) notifications.show({ message: words.versionSaved(String(version)) });
    };
    save().catch((error: unknown) =>
      notifications.show({ color: "red", message: error instanceof Error ? error.message : String(error) }),
    );
  }, [map, connection, words]);
}
