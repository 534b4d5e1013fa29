import { answer, api } from "../../../base/api/client";
import { useWords } from "../../../base/words";
import type { Drawing } from "../../panels/CommentForm";
import type { About } from "../../panels/threads";
import { useEditor } from "../EditorContext";
import { editorWords } from "../editorWords";
import { makeCell } from "../model/commands/cells";
import type { Place } from "../places";
import { aboutsOf } from "./CommentsContext";

/** Comments on places that may be in no version yet; an empty cell is made, so that there is something to comment on. */
export function useDrawing(place: Place, ids: readonly string[]): Drawing {
  const words = useWords(editorWords);
  const { session, editing } = useEditor();
  return {
    about: (): About => {
      const [known] = aboutsOf(place, ids);
      if (known !== undefined) return known;
      if (place.kind !== "cell") throw new Error(`no place ${place.kind}`);
      return { kind: "cell", id: makeCell(editing, place.lane, place.step) };
    },
    save: async () => {
      if (!(await session.connection.whenKept())) throw new Error(words.commentOffline);
      const params = { path: { ident: session.map } };
      await answer(api.POST("/api/maps/map/{ident}/together/version", { params }));
    },
  };
}
