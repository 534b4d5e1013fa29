import { Anchor, Group, Text } from "@mantine/core";
import { Link } from "react-router";
import type { BehindJourneyAnswer } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { useWords } from "../../base/words";
import { journeysWords } from "../journeysWords";
import classes from "./Timeline.module.css";

/** So many interactions around what the number is about are shown at once. */
const AROUND = 8;

/** One journey as a timeline; what the number is about stands out. */
export function Timeline({ journey }: { readonly journey: BehindJourneyAnswer }) {
  const words = useWords(journeysWords);
  const format = useFormat();
  const all = journey.interactions;
  const place = all.findIndex((each) => each.is_it);
  const around = place < 0 ? all.length - 1 : place;
  const first = Math.max(0, Math.min(around - AROUND, all.length - 2 * AROUND));
  const shown = all.slice(first, first + 2 * AROUND + 1);
  const earlier = journey.earlier + first;
  const later = journey.later + all.length - first - shown.length;
  return (
    <section className={classes.journey}>
      <Group justify="space-between" gap="xs" wrap="nowrap" mb={6}>
        <Text size="sm" fw={600} truncate>
          {journey.identifier ?? words.behind.unknown}
        </Text>
        <Anchor component={Link} to={`/customers/${journey.customer}`} size="xs" className={classes.open}>
          {words.behind.open}
        </Anchor>
      </Group>
      {earlier > 0 && (
        <Text size="xs" c="dimmed" pl="md">
          {words.behind.earlier(format.count(earlier))}
        </Text>
      )}
      <ol className={classes.line}>
        {shown.map((each, index) => {
          const before = shown[index - 1];
          const seconds = before === undefined ? 0 : (Date.parse(each.at) - Date.parse(before.at)) / 1000;
          return (
            <li key={each.arrival} className={classes.event} data-it={each.is_it || undefined}>
              <span className={classes.when}>
                {before === undefined ? format.moment(each.at) : words.behind.after(format.duration(seconds))}
              </span>
              <span className={classes.what}>{each.touchpoint}</span>
              <span className={classes.channel}>
                {each.channel}
                {each.is_it && ` · ${words.behind.it}`}
              </span>
            </li>
          );
        })}
      </ol>
      {later > 0 && (
        <Text size="xs" c="dimmed" pl="md">
          {words.behind.later(format.count(later))}
        </Text>
      )}
    </section>
  );
}
