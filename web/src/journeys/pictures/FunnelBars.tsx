import { Stack, Text, Title } from "@mantine/core";
import type { FunnelAnswer } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { useWords } from "../../base/words";
import { numberOf } from "../behind/number";
import type { Explore } from "../explore";
import { journeysWords } from "../journeysWords";
import { Opens } from "../tables/Cell";
import { funnelAsked } from "../tables/stopping";
import classes from "./FunnelBars.module.css";

/** The steps of a funnel as bars, and between them those who drop off. */
export function FunnelBars({ answer, explore }: { readonly answer: FunnelAnswer; readonly explore: Explore }) {
  const words = useWords(journeysWords);
  const format = useFormat();
  const asked = funnelAsked(explore.params);
  const entered = answer.steps[0]?.customers ?? 0;
  return (
    <Stack gap="xs" component="section" aria-label={words.questions.funnel.name}>
      <Title order={2} size="h5">
        {words.questions.funnel.name}
      </Title>
      <ol className={classes.steps}>
        {answer.steps.map((step, place) => {
          const next = answer.steps[place + 1];
          const lost = next === undefined ? 0 : step.customers - next.customers;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place, names may come again
            <li key={place}>
              <div className={classes.step}>
                <span className={classes.name}>
                  {place + 1}. {step.name}
                </span>
                <span className={classes.track}>
                  <span
                    className={classes.bar}
                    style={{ width: `${String(entered > 0 ? (100 * step.customers) / entered : 0)}%` }}
                  />
                  {step.low !== null && step.high !== null && place > 0 && (
                    <span
                      className={classes.interval}
                      style={{
                        left: `${String(100 * step.low)}%`,
                        width: `${String(100 * (step.high - step.low))}%`,
                      }}
                    />
                  )}
                </span>
                <span className={classes.figures}>
                  <Opens behind={numberOf("funnel", { ...asked, step: place + 1 })}>
                    <strong>{format.count(step.customers)}</strong> {format.share(step.conversion)}
                  </Opens>
                </span>
              </div>
              {next !== undefined && (
                <Text size="xs" c="dimmed" className={classes.drop} component="div">
                  <Opens behind={numberOf("funnel", { ...asked, step: place + 1, stopped: true })}>
                    {words.picture.dropped(
                      format.count(lost),
                      format.share(step.customers > 0 ? lost / step.customers : null),
                    )}
                  </Opens>
                  {next.median_seconds !== null && (
                    <>
                      {` · ${words.columns.median_wait} `}
                      <Opens behind={numberOf("funnel", { ...asked, step: place + 2 })}>
                        {format.duration(next.median_seconds)}
                      </Opens>
                    </>
                  )}
                </Text>
              )}
            </li>
          );
        })}
      </ol>
    </Stack>
  );
}
