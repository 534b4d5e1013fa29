import { Anchor, Group, Stack, Text, Tooltip } from "@mantine/core";
import { IconClockHour4 } from "@tabler/icons-react";
import { Link } from "react-router";
import type { Figure, FigurePoint, HomePeriod } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { addressOf } from "./asking";
import { BehindLink } from "./BehindLink";
import { behindFigure, daysBefore, weekFrom } from "./behindFigure";
import { Change } from "./Change";
import classes from "./FigureTile.module.css";
import { useFigureFormat, useFigureName } from "./figureFormat";
import { homeWords } from "./homeWords";
import { Sparkline } from "./Sparkline";

interface FigureTileProps {
  readonly figure: Figure;
  readonly period: HomePeriod;
  readonly large: boolean;
}

/** One key figure: its value with interval and n, what it was before, its weeks; it opens in Explore. */
export function FigureTile({ figure, period, large }: FigureTileProps) {
  const words = useWords(homeWords);
  const { name, meaning } = useFigureName()(figure);
  return (
    <Stack gap={6} className={classes.tile}>
      <Group justify="space-between" gap={6} wrap="nowrap">
        <Tooltip label={meaning} multiline maw={280}>
          <Anchor
            component={Link}
            to={addressOf(figure.ask)}
            aria-label={words.openFigure(name)}
            className={classes.name}
          >
            {name}
          </Anchor>
        </Tooltip>
        {figure.start !== period.start && <OtherDays figure={figure} />}
      </Group>
      {figure.value === null ? (
        <Text size="sm" c="dimmed">
          {words.missing[figure.missing ?? "nothing"]}
        </Text>
      ) : (
        <Known figure={figure} name={name} large={large} />
      )}
    </Stack>
  );
}

interface KnownProps {
  readonly figure: Figure;
  readonly name: string;
  readonly large: boolean;
}

function Known({ figure, name, large }: KnownProps) {
  const words = useWords(homeWords);
  const format = useFigureFormat();
  const { count, duration } = useFormat();
  const { points } = figure;
  const value = (point: FigurePoint | undefined) => format.value(figure, point?.value ?? null);
  const shown = format.value(figure, figure.value);
  const n = (
    <BehindLink to={behindFigure(figure, "n")} label={words.openBehind(name, words.n(count(figure.n)))}>
      {words.n(count(figure.n))}
    </BehindLink>
  );
  const last = points.findLast((each) => each.value !== null);
  return (
    <>
      <Group align="baseline" gap="0 8px">
        <Text className={classes.value}>
          <BehindLink to={behindFigure(figure)} label={words.openBehind(name, shown)}>
            {shown}
          </BehindLink>
        </Text>
        {words.unit[figure.unit] !== undefined && (
          <Text size="xs" c="dimmed">
            {words.unit[figure.unit]}
          </Text>
        )}
        {figure.within_seconds !== null && (
          <Text size="xs" c="dimmed">
            {words.within(duration(figure.within_seconds))}
          </Text>
        )}
      </Group>
      <Change figure={figure} />
      {points.length > 1 && (
        <Sparkline
          points={points}
          from={figure.start}
          height={large ? 72 : 36}
          label={words.sparkline(name, count(points.length), value(points[0]), value(last))}
          opens={(point) => behindFigure(figure, "value", weekFrom(point.start))}
          told={(point) => `${words.weekOf(format.day(point.start))}: ${value(point)} · ${words.n(count(point.n))}`}
        />
      )}
      <Text size="xs" c="dimmed" className="numbers" mt="auto">
        {figure.low === null || figure.high === null ? (
          figure.kind === "count" ? null : (
            n
          )
        ) : (
          <>
            <Tooltip label={words.intervalName}>
              <span>{words.interval(format.value(figure, figure.low), format.value(figure, figure.high))}</span>
            </Tooltip>
            {" · "}
            {n}
          </>
        )}
        {figure.kind === "count" && figure.before !== null && (
          <BehindLink
            to={behindFigure(figure, "value", daysBefore(figure))}
            label={words.openBehind(name, words.before(format.value(figure, figure.before)))}
          >
            {words.before(format.value(figure, figure.before))}
          </BehindLink>
        )}
      </Text>
    </>
  );
}

function OtherDays({ figure }: { readonly figure: Figure }) {
  const words = useWords(homeWords);
  const { day } = useFigureFormat();
  const told = words.otherDays(day(figure.start), day(figure.end));
  return (
    <Tooltip label={told} multiline maw={280}>
      <IconClockHour4 size={15} stroke={1.6} role="img" aria-label={told} className={classes.mark} tabIndex={0} />
    </Tooltip>
  );
}
