import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useParams } from "react-router";
import { askAgain } from "../../base/api/askAgain";
import { answer, api } from "../../base/api/client";
import { Failed } from "../../base/states/Failed";
import { Loading } from "../../base/states/Loading";
import { Editor } from "./Editor";
import type { Connection } from "./together/Connection";
import { Session, type Terms } from "./together/Session";

/** The page of the editor of one map: /maps/<id>/edit. */
export function Component() {
  const { id = "" } = useParams();
  const terms = useQuery({
    queryKey: ["maps", "editor", "terms", id],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: async ({ signal }): Promise<Terms> => {
      const found = await answer(
        api.GET("/api/maps/map/{ident}/together", { params: { path: { ident: id } }, signal }),
      );
      return { room: found.room, mayWrite: found.may_write, name: found.name };
    },
  });
  const session = useSession(id, terms.data);
  if (terms.error !== null) return <Failed error={terms.error} onRetry={() => void terms.refetch()} isPage />;
  return session === undefined ? <Loading lines={10} /> : <Editor session={session} />;
}

/** The session of a map while the page is open. */
function useSession(id: string, terms: Terms | undefined): Session | undefined {
  const [session, setSession] = useState<Session>();
  const client = useQueryClient();
  useEffect(() => {
    if (terms === undefined) return undefined;
    const opened = new Session(id, terms);
    setSession(opened);
    return () => {
      setSession(undefined);
      void leave(opened).then(() => askAgain(client));
    };
  }, [id, terms, client]);
  return session;
}

/** What was changed is a version before other pages ask for the map; where that fails, the room does it when it closes. */
async function leave(session: Session): Promise<void> {
  if (session.editing.undoing.canUndo() && (await isKept(session.connection))) {
    const path = { ident: session.map };
    await api.POST("/api/maps/map/{ident}/together/version", { params: { path } }).catch(() => undefined);
  }
  session.close();
}

/** Wait until the server has every change; whether it came to that. */
function isKept(connection: Connection): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (whether: boolean): void => {
      clearTimeout(timer);
      unsubscribe();
      resolve(whether);
    };
    const look = (): void => {
      const { line, unkept } = connection.standing();
      if (unkept === 0 || line !== "online") end(unkept === 0);
    };
    const timer = setTimeout(() => end(false), MOST_WAITED);
    const unsubscribe = connection.subscribe(look);
    look();
  });
}

const MOST_WAITED = 5_000;
