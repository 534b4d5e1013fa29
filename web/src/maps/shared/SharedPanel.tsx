import { Box, Stack, Text } from "@mantine/core";
import type { SharedComment, SharedThread, SharedThreads } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { Asked } from "../../base/states/Asked";
import { useWords } from "../../base/words";
import { mapsWords } from "../mapsWords";
import threadClasses from "../panels/ThreadView.module.css";
import { useAddress } from "../view/useAddress";
import classes from "./SharedMapView.module.css";
import { SharedPersonas } from "./SharedPersonas";
import { type OpenedLink, sharedAddress, useShared } from "./useShared";

interface SharedPanelProps {
  readonly link: OpenedLink;
  readonly map: string;
}

/** Beside the drawing: what was said about the map, or its personas, where the link shows them and they are chosen. */
export function SharedPanel({ link, map }: SharedPanelProps) {
  const words = useWords(mapsWords);
  const [params] = useAddress();
  const panel = params.get("panel");
  const isComments = panel === "comments" && link.shared.comments;
  if (!isComments && !(panel === "personas" && link.shared.personas)) return null;
  return (
    <Box component="aside" className={classes.panel} aria-label={isComments ? words.comments : words.personas}>
      {isComments ? <Comments link={link} map={map} /> : <SharedPersonas link={link} map={map} />}
    </Box>
  );
}

function Comments({ link, map }: SharedPanelProps) {
  const words = useWords(mapsWords);
  const threads = useShared<SharedThreads>(link, sharedAddress(link.token, "comments", { map }), (answer) =>
    answer.json(),
  );
  return (
    <Asked query={threads} lines={4}>
      {(found) =>
        found.threads.length === 0 ? (
          <Text size="sm" c="dimmed">
            {words.noCommentsHere}
          </Text>
        ) : (
          <Stack gap="md">
            {found.threads.map((each) => (
              <Thread key={each.comment.written_at} thread={each} />
            ))}
          </Stack>
        )
      }
    </Asked>
  );
}

function Thread({ thread }: { readonly thread: SharedThread }) {
  const words = useWords(mapsWords);
  const name = thread.place_kind === "map" ? words.wholeMap : (thread.place_name ?? words.gone);
  return (
    <Stack gap="xs" className={threadClasses.thread}>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      <Said comment={thread.comment} />
      {thread.answers.map((each) => (
        <div key={each.written_at} className={threadClasses.answer}>
          <Said comment={each} />
        </div>
      ))}
    </Stack>
  );
}

function Said({ comment }: { readonly comment: SharedComment }) {
  const format = useFormat();
  return (
    <Stack gap={2}>
      <Text size="xs">
        <Text span fw={600} inherit>
          {comment.author}
        </Text>{" "}
        <Text span c="dimmed" inherit>
          <time dateTime={comment.written_at}>{format.moment(comment.written_at)}</time>
        </Text>
      </Text>
      <Text size="sm" className={threadClasses.text}>
        {comment.text}
      </Text>
    </Stack>
  );
}
