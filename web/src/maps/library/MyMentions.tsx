import { Anchor, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import type { CommentAnswer } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { useWords } from "../../base/words";
import { mapsWords } from "../mapsWords";
import { aboutName, useMentions } from "../panels/threads";
import classes from "./MyMentions.module.css";

const SHOWN = 5;

/** Where others have named whoever is signed in, and wait for an answer. */
export function MyMentions() {
  const words = useWords(mapsWords);
  const format = useFormat();
  const found = useMentions().data?.comments ?? [];
  if (found.length === 0) return null;
  return (
    <section className={classes.mentions} aria-label={words.mentionsOfYou(found.length)}>
      <Text size="sm" fw={600}>
        {words.mentionsOfYou(found.length)}
      </Text>
      <Stack gap={2} mt={4}>
        {found.slice(0, SHOWN).map((each) => (
          <Text key={each.comment} size="sm" lineClamp={1}>
            <Text span c="dimmed" inherit>
              {each.author}, {format.ago(each.written_at)}:
            </Text>{" "}
            <Anchor component={Link} to={addressOf(each)} inherit>
              {each.text}
            </Anchor>
          </Text>
        ))}
      </Stack>
    </section>
  );
}

function addressOf({ map, place_kind: kind, place: id }: CommentAnswer): string {
  return `/maps/${map}?${String(new URLSearchParams({ panel: "comments", about: aboutName({ kind, id }) }))}`;
}
