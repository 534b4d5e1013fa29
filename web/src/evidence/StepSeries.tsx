import { Group, SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { answer, api } from "../base/api/client";
import type { SeriesAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Asked } from "../base/states/Asked";
import { useWords } from "../base/words";
import { MAPS_KEY } from "../maps/asking";
import { everybodyFrom } from "./asking";
import { evidenceWords } from "./evidenceWords";
import { SeriesChart } from "./SeriesChart";

const MEASURES = ["reach", "drop-off", "median-time", "effort", "cost", "nps", "csat", "ces", "sentiment"] as const;
type Measure = (typeof MEASURES)[number];

/** A figure at a step month by month or week by week. */
export function StepSeries({ map, step }: { readonly map: string; readonly step: string }) {
  const words = useWords(evidenceWords);
  const [params] = useSearchParams();
  const [measure, setMeasure] = useState<Measure>("reach");
  const [by, setBy] = useState<"month" | "week">("month");
  const query = { step, measure, by, ...everybodyFrom(params) };
  const series = useQuery({
    queryKey: [...MAPS_KEY, "series", map, query],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/evidence/maps/{ident}/series", { params: { path: { ident: map }, query }, signal })),
  });
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {words.overTime}
      </Text>
      <Group gap="xs" wrap="nowrap">
        <Select
          size="xs"
          aria-label={words.overTime}
          data={MEASURES.map((value) => ({ value, label: words.measuresNames[value] ?? value }))}
          value={measure}
          onChange={(value) => setMeasure((value as Measure | null) ?? "reach")}
          allowDeselect={false}
        />
        <SegmentedControl
          size="xs"
          data={[
            { value: "month", label: words.byMonth },
            { value: "week", label: words.byWeek },
          ]}
          value={by}
          onChange={setBy}
        />
      </Group>
      <Asked query={series} lines={3}>
        {(found) => (found.points.some((each) => each.value !== null) ? <SeriesChart series={found} /> : <Nothing />)}
      </Asked>
      {series.data !== undefined && <Rules series={series.data} />}
    </Stack>
  );
}

function Nothing() {
  const words = useWords(evidenceWords);
  return (
    <Text size="sm" c="dimmed">
      {words.health.unknown}
    </Text>
  );
}

function Rules({ series }: { readonly series: SeriesAnswer }) {
  const words = useWords(evidenceWords);
  const format = useFormat();
  const changed = series.rules.slice(1).filter((each) => each.saved_at !== null);
  if (changed.length === 0) return null;
  return (
    <Text size="xs" c="dimmed">
      {changed.map((each) => words.ruleChanged(each.version ?? 0, format.day(each.saved_at ?? ""))).join("; ")}
    </Text>
  );
}
