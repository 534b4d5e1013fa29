import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { useParams } from "react-router";
import { askAgain } from "../../base/api/askAgain";
import { Failed } from "../../base/states/Failed";
import { Loading } from "../../base/states/Loading";
import { useWords } from "../../base/words";
import { Editor } from "./Editor";
import { editorWords } from "./editorWords";
import { leave, leaveAtOnce } from "./together/leaving";
import { Session, type Terms } from "./together/Session";
import { askTerms } from "./together/terms";

/** The page of the editor of one map: /maps/<id>/edit. */
export function Component() {
  const { id = "" } = useParams();
  const terms = useQuery({
    queryKey: ["maps", "editor", "terms", id],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    networkMode: "always",
    queryFn: ({ signal }) => askTerms(id, signal),
  });
  const session = useSession(id, terms.data);
  if (terms.error !== null) return <Failed error={terms.error} onRetry={() => void terms.refetch()} isPage />;
  return session === undefined ? <Loading lines={10} /> : <Editor session={session} />;
}

/** The session of a map while the page is open. */
function useSession(id: string, terms: Terms | undefined): Session | undefined {
  const [session, setSession] = useState<Session>();
  const client = useQueryClient();
  const words = useWords(editorWords);
  const end = useEffectEvent((opened: Session) => {
    void leave(opened, words).then(() => askAgain(client));
  });
  useEffect(() => {
    if (terms === undefined) return undefined;
    leaveAtOnce(id);
    const opened = new Session(id, terms);
    setSession(opened);
    return () => {
      setSession(undefined);
      end(opened);
    };
  }, [id, terms]);
  return session;
}
