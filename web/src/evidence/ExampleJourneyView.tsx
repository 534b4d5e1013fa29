import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ExampleJourneyAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import classes from "./ExampleJourneyView.module.css";
import { evidenceWords } from "./evidenceWords";

const FIRST = 25;

interface ExampleJourneyViewProps {
  readonly journey: ExampleJourneyAnswer;
  /** Steps of the map by id. */
  readonly names: ReadonlyMap<string, string>;
}

/** One journey: what happened when, and what of it the map says. */
export function ExampleJourneyView({ journey, names }: ExampleJourneyViewProps) {
  const words = useWords(evidenceWords);
  const format = useFormat();
  const [all, setAll] = useState(false);
  const shown = all ? journey.interactions : journey.interactions.slice(0, FIRST);
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={600} className={classes.who}>
          {journey.identifier ?? words.customer(String(journey.customer))}
        </Text>
        <Text size="xs" c="dimmed">
          {words.deviations(format.count(journey.cost))}
        </Text>
      </Group>
      <ol className={classes.list}>
        {shown.map((each) => (
          <li key={each.arrival} className={classes.row} data-placed={each.role === "placed"}>
            <time dateTime={each.at} className={classes.time}>
              {format.moment(each.at)}
            </time>
            <span>
              {each.touchpoint}
              <Text span size="xs" c="dimmed">
                {each.channel === null ? "" : ` ${each.channel}`}
              </Text>
            </span>
            <Text span size="xs" className={classes.step}>
              {[
                each.step === null ? "" : (names.get(each.step) ?? each.step),
                words.roles[each.role] ?? "",
                each.skipped.length > 0
                  ? words.skippedBefore(each.skipped.map((step) => names.get(step) ?? step).join(", "))
                  : "",
              ]
                .filter(Boolean)
                .join(" · ")}
            </Text>
          </li>
        ))}
      </ol>
      {!all && journey.interactions.length > FIRST && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          {words.moreUnplanned(format.count(journey.interactions.length - FIRST))}
        </Button>
      )}
    </Stack>
  );
}
