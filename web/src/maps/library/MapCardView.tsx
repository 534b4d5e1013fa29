import { Badge, Group, Stack, Text, Tooltip, useComputedColorScheme } from "@mantine/core";
import { IconMessage } from "@tabler/icons-react";
import { Fragment } from "react";
import { Link } from "react-router";
import type { MapCard, StalenessAnswer } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { useWords } from "../../base/words";
import { StalenessMark } from "../../evidence/StalenessMark";
import { mapsWords } from "../mapsWords";
import { levelName, stateName } from "../names";
import { CardMenu } from "./CardMenu";
import classes from "./MapCardView.module.css";
import { scopesOf } from "./scopes";

interface MapCardViewProps {
  readonly card: MapCard;
  readonly staleness: StalenessAnswer | undefined;
  /** What the journey that it is tied to is called. */
  readonly journey: string | undefined;
  /** Threads that are not settled. */
  readonly comments: number;
}

/** A map in the library: a small drawing of it, and what one chooses it by. */
export function MapCardView({ card, staleness, journey, comments }: MapCardViewProps) {
  const words = useWords(mapsWords);
  const format = useFormat();
  const scheme = useComputedColorScheme("light");
  const picture = `/api/maps/map/${encodeURIComponent(card.id)}/thumbnail?theme=${scheme}&v=${String(card.version)}`;
  const owner = [card.owner ?? words.noOwner, card.department].filter(Boolean).join(", ");
  return (
    <div className={classes.whole}>
      <Link to={`/maps/${card.id}`} className={classes.card}>
        <div className={classes.picture}>
          <img src={picture} alt="" loading="lazy" decoding="async" />
        </div>
        <Stack gap={6} p="sm" className={classes.body}>
          <Group gap={6} justify="space-between" wrap="nowrap">
            <Text size="xs" c="dimmed">
              {levelName(words, card.level)} · {stateName(words, card.state)}
            </Text>
            <StalenessMark staleness={staleness} />
          </Group>
          <Text fw={600} lh={1.3} className={classes.title}>
            {card.title}
          </Text>
          {card.found !== "" && (
            <Text size="xs" c="dimmed" lineClamp={1}>
              {words.foundIn}: {card.found}
            </Text>
          )}
          <Text size="xs" c="dimmed">
            {words.phasesSteps(card.phases, card.steps)}; {words.bound(card.bound, card.steps)}
            {card.journey !== null && <> · {journey ?? card.journey}</>}
            {card.personas.length > 0 && <> · {card.personas.map((each) => each.name).join(", ")}</>}
            {scopesOf(card).map(({ kind, text }) => (
              <Fragment key={kind}> · {text || words.scopes[kind]}</Fragment>
            ))}
          </Text>
          <Text
            size="xs"
            c={
              card.reasons.includes("overdue")
                ? "light-dark(var(--mantine-color-red-8), var(--mantine-color-red-4))"
                : "dimmed"
            }
          >
            {owner} · {reviewText(card, words, format.day)}
          </Text>
          <Group gap={6} justify="space-between" mt="auto" wrap="nowrap">
            <Tooltip label={format.moment(card.saved_at)}>
              <Text size="xs" c="dimmed" truncate>
                {words.versionBy(card.version, card.author)}, {format.ago(card.saved_at)}
              </Text>
            </Tooltip>
            {comments > 0 && (
              <Badge
                variant="light"
                size="sm"
                leftSection={<IconMessage size={12} aria-hidden />}
                aria-label={words.commentsOpen(comments)}
                className={classes.count}
              >
                {comments}
              </Badge>
            )}
          </Group>
          {card.tags.length > 0 && (
            <Group gap={4}>
              {card.tags.map((tag) => (
                <Badge key={tag} variant="default" size="sm" tt="none" fw={500}>
                  {tag}
                </Badge>
              ))}
            </Group>
          )}
        </Stack>
      </Link>
      <CardMenu card={card} />
    </div>
  );
}

function reviewText(card: MapCard, words: (typeof mapsWords)["en"], day: (said: string) => string): string {
  if (card.review_date !== null && card.reasons.includes("overdue")) return words.overdueSince(day(card.review_date));
  if (card.reasons.includes("never-reviewed")) return words.neverReviewed;
  return card.review_date === null ? "" : words.reviewBy(day(card.review_date));
}
