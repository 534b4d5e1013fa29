import { Anchor, Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconClockPause, IconClockX, IconHelpCircle } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import type { SourceFreshness } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Asked } from "../base/states/Asked";
import { Loading } from "../base/states/Loading";
import { useWords } from "../base/words";
import { useSources } from "./asking";
import { homeWords } from "./homeWords";
import classes from "./Panel.module.css";

const SHORT = 5;
const ICONS = {
  fresh: { icon: IconCircleCheck, color: "teal" },
  late: { icon: IconClockX, color: "orange" },
  silent: { icon: IconAlertTriangle, color: "red" },
  ended: { icon: IconClockPause, color: "dimmed" },
  unknown: { icon: IconHelpCircle, color: "dimmed" },
} as const;

/** When each source was last heard of; those that are silent or late first. */
export function Freshness() {
  const words = useWords(homeWords);
  const query = useSources();
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {words.freshness}
        </Title>
        <Anchor component={Link} to="/data" size="xs">
          {words.openData}
        </Anchor>
      </Group>
      <Asked query={query} lines={4}>
        {(found) => (found.working !== null ? <Loading lines={4} /> : <Sources sources={found.sources} />)}
      </Asked>
    </Stack>
  );
}

function Sources({ sources }: { readonly sources: readonly SourceFreshness[] }) {
  const words = useWords(homeWords);
  const { count, moment, day } = useFormat();
  const [all, setAll] = useState(false);
  const newest = sources.flatMap((each) => each.last ?? []).sort();
  const last = newest[newest.length - 1];
  if (last === undefined)
    return (
      <Text size="sm" c="dimmed">
        {words.noSources}
      </Text>
    );
  const ended = sources.every((each) => each.state === "ended");
  return (
    <div>
      <Text size="sm" pb={8} className="numbers">
        {words.freshnessLead(moment(last))}
        {ended && ` · ${words.allEnded(count(sources.length), day(last))}`}
      </Text>
      <ul className={classes.list}>
        {(all ? sources : sources.slice(0, SHORT)).map((each) => (
          <Entry key={each.source} source={each} />
        ))}
      </ul>
      {sources.length > SHORT && (
        <Button variant="subtle" color="gray" size="compact-xs" mt={8} onClick={() => setAll(!all)}>
          {all ? words.hideSources : words.showSources(count(sources.length))}
        </Button>
      )}
    </div>
  );
}

function Entry({ source }: { readonly source: SourceFreshness }) {
  const words = useWords(homeWords);
  const { count, ago, day } = useFormat();
  const { icon: Icon, color } = ICONS[source.state];
  return (
    <li>
      <Group gap={8} wrap="nowrap" align="flex-start">
        <Text c={color} lh={1} pt={2}>
          <Icon size={16} stroke={1.8} aria-hidden />
        </Text>
        <div style={{ minWidth: 0, flex: 1 }}>
          <Group justify="space-between" gap={8} wrap="nowrap">
            <Text size="sm" fw={500} truncate>
              {source.source}
            </Text>
            <Text size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }} title={source.last ?? ""}>
              {source.last === null ? "–" : ago(source.last)}
            </Text>
          </Group>
          <Text size="xs" c="dimmed" className="numbers">
            {[
              words.state[source.state],
              ...(source.state === "silent" && source.silent_since !== null
                ? [words.silentSince(day(source.silent_since))]
                : []),
              words.interactions(count(source.interactions)),
              ...(source.waiting > 0 ? [words.waiting(count(source.waiting))] : []),
            ].join(" · ")}
          </Text>
        </div>
      </Group>
    </li>
  );
}
