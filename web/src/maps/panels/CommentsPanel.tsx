import { Stack, Switch } from "@mantine/core";
import { IconMessage } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../../base/api/client";
import { useMay } from "../../base/me";
import { Asked } from "../../base/states/Asked";
import { Empty } from "../../base/states/Empty";
import { useWords } from "../../base/words";
import { MAPS_KEY } from "../asking";
import { mapsWords } from "../mapsWords";
import type { MapOutline } from "../readMap";
import { useAddress } from "../view/useAddress";
import { CommentForm } from "./CommentForm";
import { ThreadView } from "./ThreadView";

/** The comments on a map, and a place to write one. */
export function CommentsPanel({ map, outline }: { readonly map: string; readonly outline: MapOutline }) {
  const words = useWords(mapsWords);
  const [params, change] = useAddress();
  const draws = useMay("draw");
  const settled = params.get("settled") === "1";
  const threads = useQuery({
    queryKey: [...MAPS_KEY, "comments", map],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/maps/map/{ident}/comments", { params: { path: { ident: map } }, signal })),
    refetchInterval: 30_000,
  });
  return (
    <Asked query={threads}>
      {(found) => {
        const shown = found.threads.filter((each) => settled || each.comment.resolved_at === null);
        return (
          <Stack gap="md">
            {draws && <CommentForm map={map} outline={outline} />}
            {found.threads.some((each) => each.comment.resolved_at !== null) && (
              <Switch
                size="xs"
                label={words.settledToo}
                checked={settled}
                onChange={(event) => change({ settled: event.currentTarget.checked ? "1" : null })}
              />
            )}
            {shown.length === 0 ? (
              <Empty icon={<IconMessage size={32} stroke={1.3} />} title={words.noComments}>
                {words.noCommentsHint}
              </Empty>
            ) : (
              shown.map((each) => <ThreadView key={each.comment.comment} map={map} thread={each} />)
            )}
          </Stack>
        );
      }}
    </Asked>
  );
}
