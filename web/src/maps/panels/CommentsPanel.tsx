import { Stack, Switch, Text } from "@mantine/core";
import { IconMessage } from "@tabler/icons-react";
import type { ThreadAnswer } from "../../base/api/schema.gen";
import { useMay } from "../../base/me";
import { Asked } from "../../base/states/Asked";
import { Empty } from "../../base/states/Empty";
import { useWords } from "../../base/words";
import { laneRoles } from "../laneRoles";
import { mapsWords } from "../mapsWords";
import { mentionWords } from "../mentionWords";
import type { MapOutline } from "../readMap";
import { useAddress } from "../view/useAddress";
import { CommentForm } from "./CommentForm";
import { outlineName } from "./outlineName";
import { ThreadView } from "./ThreadView";
import { type About, aboutName, aboutOf, isSettled, readAbout, useThreads } from "./threads";

/** The comments on a map, and a place to write one; what they are about is in the address. */
export function CommentsPanel({ map, outline }: { readonly map: string; readonly outline: MapOutline }) {
  const words = useWords(mapsWords);
  const { readsComments } = useWords(mentionWords);
  const [params, change] = useAddress();
  const draws = useMay("draw");
  const settled = params.get("settled") === "1";
  const about = readAbout(params.get("about")) ?? stepOf(params.get("step"));
  const go = ({ kind, id }: About): void =>
    change({ about: aboutName({ kind, id }), step: kind === "step" ? id : null });
  const threads = useThreads(map);
  return (
    <Asked query={threads}>
      {(found) => {
        const shown = found.threads.filter((each) => settled || !isSettled(each));
        return (
          <Stack gap="md">
            {draws ? (
              <CommentForm map={map} outline={outline} {...(about && { about })} onAbout={go} />
            ) : (
              <Text size="sm" c="dimmed">
                {readsComments}
              </Text>
            )}
            {found.threads.some(isSettled) && (
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
              shown.map((each) => (
                <Thread key={each.comment.comment} map={map} thread={each} outline={outline} about={about} onGo={go} />
              ))
            )}
          </Stack>
        );
      }}
    </Asked>
  );
}

interface ThreadProps {
  readonly map: string;
  readonly thread: ThreadAnswer;
  readonly outline: MapOutline;
  readonly about: About | undefined;
  readonly onGo: (about: About) => void;
}

function Thread({ map, thread, outline, about, onGo }: ThreadProps) {
  const words = useWords(mapsWords);
  const roles = useWords(laneRoles);
  const own = aboutOf(thread);
  const called = own.kind === "map" ? words.wholeMap : outlineName(outline, own, roles);
  return (
    <ThreadView
      map={map}
      thread={thread}
      name={called ?? words.gone}
      onName={called === undefined ? undefined : () => onGo(own)}
      isHere={about !== undefined && aboutName(about) === aboutName(own)}
    />
  );
}

function stepOf(id: string | null): About | undefined {
  return id === null ? undefined : { kind: "step", id };
}
