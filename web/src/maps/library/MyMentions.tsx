import { Anchor, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import type { CommentAnswer } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { useMay } from "../../base/me";
import { useWords } from "../../base/words";
import { useMentions } from "../mentions";
import { mentionWords } from "../mentionWords";
import { aboutName } from "../panels/threads";
import classes from "./MyMentions.module.css";

const SHOWN = 5;

interface MyMentionsProps {
  /** How many are shown, the newest first. */
  readonly most?: number;
}

/** Where others have named whoever is signed in, and wait for an answer. */
export function MyMentions({ most = SHOWN }: MyMentionsProps) {
  const words = useWords(mentionWords);
  const format = useFormat();
  const draws = useMay("draw");
  const found = useMentions().data?.comments ?? [];
  if (found.length === 0) return null;
  return (
    <section className={classes.mentions} aria-label={words.mentionsOfYou(found.length)}>
      <Text size="sm" fw={600}>
        {words.mentionsOfYou(found.length)}
      </Text>
      <Stack gap={2} mt={4}>
        {found.slice(0, most).map((each) => (
          <Text key={each.comment} size="sm" lineClamp={1}>
            <Text span c="dimmed" inherit>
              {each.author}, {format.ago(each.written_at)}:
            </Text>{" "}
            <Anchor component={Link} to={addressOf(each)} inherit>
              {each.text}
            </Anchor>
          </Text>
        ))}
        {found.length > most && (
          <Text size="xs" c="dimmed">
            {words.moreMentions(found.length - most)}
          </Text>
        )}
        {!draws && (
          <Text size="xs" c="dimmed">
            {words.readsComments}
          </Text>
        )}
      </Stack>
    </section>
  );
}

function addressOf({ map, place_kind: kind, place: id }: CommentAnswer): string {
  return `/maps/${map}?${String(new URLSearchParams({ panel: "comments", about: aboutName({ kind, id }) }))}`;
}
