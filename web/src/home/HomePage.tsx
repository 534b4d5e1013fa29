import { Anchor, Button, Group, Tabs, Text } from "@mantine/core";
import { IconLayoutGrid } from "@tabler/icons-react";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { now } from "../base/api/clock";
import type { HomePeriod } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Page } from "../base/Page";
import { Asked } from "../base/states/Asked";
import { TabBar } from "../base/TabBar";
import { useWords } from "../base/words";
import { FUNCTIONS, type HomeFunction, useFigures } from "./asking";
import { useFigureFormat } from "./figureFormat";
import { homeWords } from "./homeWords";
import { Mentions } from "./Mentions";
import { Newcomer } from "./Newcomer";
import { PERIODS, Periods } from "./Periods";
import { SegmentPicker } from "./SegmentPicker";
import { View } from "./View";

const OLD_DAYS = 2;

/** How the journeys stand today, for a function and a period. */
export function Component() {
  const words = useWords(homeWords);
  const [search, setSearch] = useSearchParams();
  const [arranging, setArranging] = useState(false);
  const period = search.get("period") ?? PERIODS[0];
  const said = search.get("view");
  const view: HomeFunction = FUNCTIONS.find((each) => each === said) ?? "overview";
  const segment = search.get("segment") ?? "";
  const query = useFigures(period, segment);
  const choose = (name: string, value: string, usual: string) =>
    setSearch(
      (known) => {
        if (value === usual) known.delete(name);
        else known.set(name, value);
        return known;
      },
      { replace: true },
    );
  const found = query.data;
  const empty = found !== undefined && found.working === null && !found.period;
  if (empty)
    return (
      <Page title={words.title}>
        <Newcomer />
      </Page>
    );
  return (
    <Page
      title={words.title}
      lead={
        found?.period ? (
          <Lead
            period={found.period}
            onNewest={
              PERIODS.some((each) => each === period) ? (newest) => choose("period", newest, PERIODS[0]) : undefined
            }
          />
        ) : undefined
      }
      actions={
        <Group gap="xs">
          <SegmentPicker segment={segment} onChoose={(chosen) => choose("segment", chosen, "")} />
          <Periods
            period={period}
            shown={found?.period ?? undefined}
            onChoose={(value) => choose("period", value, PERIODS[0])}
          />
          <Button
            variant={arranging ? "filled" : "default"}
            size="xs"
            leftSection={<IconLayoutGrid size={15} stroke={1.7} />}
            aria-pressed={arranging}
            onClick={() => setArranging(!arranging)}
          >
            {arranging ? words.done : words.arrange}
          </Button>
        </Group>
      }
    >
      <Tabs value={view} onChange={(value) => choose("view", value ?? "overview", "overview")} keepMounted={false}>
        <TabBar chosen={view} aria-label={words.views}>
          {FUNCTIONS.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {words.view[each]}
            </Tabs.Tab>
          ))}
        </TabBar>
        <Tabs.Panel value={view} pt="md">
          <Mentions />
          {segment !== "" && (
            <Text size="xs" c="dimmed" mb="sm">
              {words.onlyFigures}
            </Text>
          )}
          <Asked query={query}>{(answered) => <View view={view} answered={answered} arranging={arranging} />}</Asked>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

interface LeadProps {
  readonly period: HomePeriod;
  /** Shows the newest days; undefined where days of one's own were chosen. */
  readonly onNewest: ((period: string) => void) | undefined;
}

/** Which days are shown, and why not the newest ones where most sources end earlier. */
function Lead({ period, onNewest }: LeadProps) {
  const words = useWords(homeWords);
  const { day } = useFigureFormat();
  const { ago, count } = useFormat();
  const age = (now().getTime() - new Date(period.last_day).getTime()) / 86_400_000;
  return (
    <Text component="span" inherit className="numbers">
      {words.lead(day(period.start), day(period.end), count(period.days))}
      {onNewest !== undefined && period.end < period.last_day && (
        <>
          {" "}
          {words.mostEnd(day(period.end), day(period.last_day))}{" "}
          <Anchor component="button" type="button" inherit onClick={() => onNewest(newestDays(period))}>
            {words.showNewest}
          </Anchor>
        </>
      )}
      {age > OLD_DAYS && <> {words.ended(ago(period.last_day))}</>}
    </Text>
  );
}

/** As many days as are shown, up to the newest: `2026-10-26..2026-11-22`. */
function newestDays({ last_day, days }: HomePeriod): string {
  const start = new Date(Date.parse(`${last_day}T00:00:00Z`) - (days - 1) * 86_400_000);
  return `${start.toISOString().slice(0, 10)}..${last_day}`;
}
