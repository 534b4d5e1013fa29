import { Anchor, Badge, Group, Stack, Text, Tooltip } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Link } from "react-router";
import type { JourneyStanding } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Asked } from "../base/states/Asked";
import { useWords } from "../base/words";
import { useStanding } from "./asking";
import { identityWords } from "./identityWords";
import { Section } from "./Section";
import classes from "./Standing.module.css";

/** Where the customer stands in every journey that is defined. */
export function Standing({ customer }: { readonly customer: string }) {
  const words = useWords(identityWords);
  return (
    <Section title={words.journeys}>
      <Asked query={useStanding(customer)} lines={3}>
        {(standings) =>
          standings.length === 0 ? (
            <Text size="sm" c="dimmed">
              {words.noJourneys}. {words.noJourneysHint}{" "}
              <Anchor component={Link} to="/settings/journeys" underline="always">
                {words.defineJourney}
              </Anchor>
            </Text>
          ) : (
            <ul className={classes.list}>
              {standings.map((each) => (
                <li key={each.journey}>
                  <Journey standing={each} />
                </li>
              ))}
            </ul>
          )
        }
      </Asked>
    </Section>
  );
}

function Journey({ standing }: { readonly standing: JourneyStanding }) {
  const words = useWords(identityWords);
  const format = useFormat();
  const underWay = standing.state === "under way";
  return (
    <Stack gap={2}>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <Anchor
          component={Link}
          to={`/explore/outcomes?${new URLSearchParams({ journey: standing.journey }).toString()}`}
          aria-label={words.outcomesOf(standing.name)}
          size="sm"
          fw={550}
          c="inherit"
        >
          {standing.name}
        </Anchor>
        <Badge variant={underWay ? "light" : "default"} size="sm" className={classes.badge}>
          {words.states[standing.state] ?? standing.state}
        </Badge>
      </Group>
      {standing.since != null && standing.last_touchpoint != null && standing.last_at != null && (
        <Text size="xs" c="dimmed">
          {underWay ? words.since(format.day(standing.since)) : words.begun(format.day(standing.since))} ·{" "}
          {words.lastStep(standing.last_touchpoint, format.moment(standing.last_at))} ·{" "}
          {words.journeysHad(format.count(standing.journeys ?? 0))}
        </Text>
      )}
      {underWay && <Waiting standing={standing} />}
    </Stack>
  );
}

function Waiting({ standing }: { readonly standing: JourneyStanding }) {
  const words = useWords(identityWords);
  const format = useFormat();
  const expected = standing.expected ?? undefined;
  return (
    <Stack gap={2}>
      <Group gap={6}>
        <Text size="xs">{words.waiting(format.duration(standing.waiting_seconds ?? null))}</Text>
        {standing.overdue === true && expected !== undefined && (
          <Tooltip label={words.overdueHint(format.duration(expected.late_after_seconds))}>
            <Badge
              size="sm"
              variant="default"
              leftSection={<IconAlertTriangle size={11} aria-hidden className={classes.warning} />}
              className={classes.badge}
              tabIndex={0}
            >
              {words.overdue}
            </Badge>
          </Tooltip>
        )}
      </Group>
      {expected !== undefined && (
        <Text size="xs">
          {words.expected(expected.touchpoint, format.share(expected.share), format.count(expected.interactions))}{" "}
          <Text component="span" c="dimmed" size="xs">
            {words.expectedAfter(format.duration(expected.median_seconds))}
          </Text>
        </Text>
      )}
      {standing.times_out_at != null && (
        <Text size="xs" c="dimmed">
          {words.timesOut(format.day(standing.times_out_at))}
        </Text>
      )}
    </Stack>
  );
}
