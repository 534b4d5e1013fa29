import { Button, Group } from "@mantine/core";
import type { VocabularyNames } from "../../base/api/schema.gen";
import { useWords } from "../../base/words";
import type { Explore } from "../explore";
import { journeysWords } from "../journeysWords";
import { channelUseOf, selectionOf } from "../questions";
import { ChannelsChip } from "./ChannelsChip";
import { ConditionChip } from "./ConditionChip";
import { JourneyChip } from "./JourneyChip";
import { PeriodChip } from "./PeriodChip";
import { SegmentChip } from "./SegmentChip";
import { SpanChip } from "./SpanChip";

/** The one bar: when, which journey, which channels, who, which interactions, and how they are cut. */
export function Bar({ explore, names }: { readonly explore: Explore; readonly names: VocabularyNames }) {
  const words = useWords(journeysWords);
  const { params, set } = explore;
  const takes = selectionOf(explore.question);
  const said = takes.filter((each) => params.has(each));
  const isJourney = params.get("journey") !== null;
  return (
    <Group gap={8} role="group" aria-label={words.bar.label}>
      <PeriodChip
        label={words.bar.period}
        names={names}
        period={params.get("period")}
        onPeriod={(period) => set({ period })}
      />
      {takes.includes("journey") && (
        <JourneyChip
          label={words.bar.journey}
          names={names}
          journey={params.get("journey")}
          onJourney={(journey) => set({ journey, ...(journey === null ? {} : { span: null, gap: null }) })}
        />
      )}
      <ChannelsChip
        names={names}
        channels={params.getAll("channels")}
        use={channelUseOf(explore.question)}
        onChannels={(channels) => set({ channels })}
      />
      <SegmentChip
        label={words.bar.segment}
        none={words.bar.everybody}
        text={params.get("segment")}
        onText={(segment) => set({ segment })}
      />
      {params.get("not_segment") !== null && (
        <SegmentChip
          label={words.bar.notSegment}
          none={words.bar.everybody}
          text={params.get("not_segment")}
          onText={(segment) => set({ not_segment: segment })}
        />
      )}
      <ConditionChip
        label={words.bar.filter}
        none={words.bar.noFilter}
        help={words.bar.filterHelp}
        text={params.get("where")}
        onText={(where) => set({ where })}
      />
      {takes.includes("span") && !isJourney && <SpanChip explore={explore} />}
      {said.length > 0 && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          onClick={() => set(Object.fromEntries(takes.map((each) => [each, null])))}
        >
          {words.bar.reset}
        </Button>
      )}
    </Group>
  );
}
