import { Button, Group, Text } from "@mantine/core";
import type { VocabularyNames } from "../../base/api/schema.gen";
import { useWords } from "../../base/words";
import { ChannelsChip } from "../bar/ChannelsChip";
import { ConditionChip } from "../bar/ConditionChip";
import { periodBefore } from "../bar/days";
import { JourneyChip } from "../bar/JourneyChip";
import { PeriodChip } from "../bar/PeriodChip";
import { SegmentChip } from "../bar/SegmentChip";
import type { Explore } from "../explore";
import { journeysWords } from "../journeysWords";
import { channelUseOf } from "../questions";

/** What the second group of a comparison has of its own; the rest is as in the first. */
export function SecondGroup({ explore, names }: { readonly explore: Explore; readonly names: VocabularyNames }) {
  const words = useWords(journeysWords);
  const { params, set } = explore;
  const period = params.get("period");
  const before = period === null ? undefined : periodBefore(period);
  const hasSegment = params.get("segment") !== null;
  const isRest = params.get("with_rest") === "true";
  return (
    <Group gap={8} role="group" aria-label={words.compare.second}>
      <Text size="xs" c="dimmed">
        {words.compare.how}
      </Text>
      <Button
        size="compact-sm"
        variant={before !== undefined && params.get("with_period") === before ? "filled" : "default"}
        disabled={before === undefined}
        onClick={() => set({ with_period: before ?? null })}
      >
        {words.compare.previous}
      </Button>
      <Button
        size="compact-sm"
        variant={isRest ? "filled" : "default"}
        disabled={!hasSegment}
        onClick={() => set({ with_rest: isRest ? null : "true", with_segment: null })}
      >
        {words.compare.rest}
      </Button>
      {(before === undefined || !hasSegment) && (
        <Text size="xs" c="dimmed" w="100%" style={{ order: 1 }}>
          {[before === undefined ? words.compare.needsPeriod : "", hasSegment ? "" : words.compare.needsSegment]
            .filter((each) => each !== "")
            .join(" ")}
        </Text>
      )}
      <PeriodChip
        label={words.bar.period}
        names={names}
        period={params.get("with_period")}
        none={words.compare.asFirst}
        onPeriod={(chosen) => set({ with_period: chosen })}
      />
      {channelUseOf(explore.question) === "filter" && (
        <ChannelsChip
          names={names}
          channels={params.getAll("with_channels")}
          use="filter"
          none={words.compare.asFirst}
          onChannels={(channels) => set({ with_channels: channels })}
        />
      )}
      {!isRest && (
        <SegmentChip
          label={words.bar.segment}
          none={words.compare.asFirst}
          text={params.get("with_segment")}
          onText={(segment) => set({ with_segment: segment })}
        />
      )}
      <ConditionChip
        label={words.bar.filter}
        none={words.compare.asFirst}
        help={words.bar.filterHelp}
        text={params.get("with_where")}
        onText={(where) => set({ with_where: where })}
      />
      {names.journeys.length > 1 && (
        <JourneyChip
          label={words.bar.journey}
          names={names}
          journey={params.get("with_journey")}
          none={words.compare.asFirst}
          onJourney={(journey) => set({ with_journey: journey })}
        />
      )}
    </Group>
  );
}
