import { notifications } from "@mantine/notifications";
import { api } from "../../../base/api/client";
import type { EditorWords } from "../words.en";
import type { Session } from "./Session";

/** From when on somebody is told that their changes are not on the server yet, in milliseconds. */
const LONG = 1_500;

/** Sessions whose editor was left while changes were on their way to the server, by the id of the map. */
const leaving = new Map<string, Session>();

/**
 * Close a session when the server has what was changed in it, as a version: other pages ask for the map then.
 *
 * A line that is lost is tried again as long as the application is open; where that takes longer, it is told.
 */
export async function leave(session: Session, words: EditorWords): Promise<void> {
  if (!session.hasChanges()) {
    session.close();
    return;
  }
  const { map } = session;
  leaving.set(map, session);
  session.awareness.setLocalState(null);
  const telling = setTimeout(() => tell(map, { message: words.leaving, loading: true }), LONG);
  const isKept = await session.connection.whenKeptAtLast();
  clearTimeout(telling);
  if (leaving.get(map) !== session) return;
  if (isKept) {
    await api
      .POST("/api/maps/map/{ident}/together/version", { params: { path: { ident: map } } })
      .catch(() => undefined);
    notifications.hide(noticeOf(map));
  } else {
    tell(map, { message: words.leftUnkept, color: "red" });
  }
  leaving.delete(map);
  session.close();
}

/** Close the session of a map that somebody has left and opens again: the new one has what this browser keeps. */
export function leaveAtOnce(map: string): void {
  const session = leaving.get(map);
  leaving.delete(map);
  session?.close();
  notifications.hide(noticeOf(map));
}

function tell(map: string, told: { readonly message: string; readonly loading?: true; readonly color?: string }): void {
  const notice = { ...told, id: noticeOf(map), autoClose: false as const };
  notifications.hide(notice.id);
  notifications.show(notice);
}

function noticeOf(map: string): string {
  return `leaving-${map}`;
}
