import { Button, Code, Drawer, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";
import type { SourceAnswer } from "../base/api/schema.gen";
import { baseWords } from "../base/baseWords";
import { useFormat } from "../base/format";
import { useMay } from "../base/me";
import { Asked } from "../base/states/Asked";
import { useWords } from "../base/words";
import { useSourceMapping } from "./asking";
import classes from "./SourceDetails.module.css";
import { sourcesWords } from "./sourcesWords";

const MOST_GAPS = 6;

interface SourceDetailsProps {
  /** Open where there is one. */
  readonly source: SourceAnswer | undefined;
  readonly onClose: () => void;
}

/** Everything that is known of a source. */
export function SourceDetails({ source, onClose }: SourceDetailsProps) {
  const base = useWords(baseWords);
  return (
    <Drawer
      opened={source !== undefined}
      onClose={onClose}
      title={source?.source}
      size="lg"
      closeButtonProps={{ "aria-label": base.close }}
    >
      {source !== undefined && <Details source={source} />}
    </Drawer>
  );
}

function Details({ source }: { readonly source: SourceAnswer }) {
  const { detail } = useWords(sourcesWords);
  const format = useFormat();
  const { count } = format;
  return (
    <Stack gap="lg">
      <dl className={classes.list}>
        <Line name={detail.counts}>
          <Counts source={source} />
          {source.replaced > 0 && ` · ${detail.replaced(count(source.replaced))}`}
          <Text size="xs" c="dimmed">
            {detail.files(count(source.files), count(source.imports))}
          </Text>
        </Line>
        {source.first != null && source.last != null && (
          <Line name={detail.period}>{`${format.moment(source.first)} – ${format.moment(source.last)}`}</Line>
        )}
        <Line name={detail.knownBy}>
          {source.known_by.map((each) => `${each.type} ${count(each.count)}`).join(" · ")}
        </Line>
        {source.reasons.length > 0 && <Reasons source={source} />}
        {source.unusable_identifiers.length > 0 && (
          <Line name={detail.identifiers}>
            {source.unusable_identifiers.map((each) => `${each.type} ${count(each.count)}`).join(" · ")}
          </Line>
        )}
        {source.received_after_median_seconds != null && (
          <Line name={detail.delay}>{detail.delayMedian(format.duration(source.received_after_median_seconds))}</Line>
        )}
        {source.in_future + source.before_2000 > 0 && (
          <Line name={detail.times}>{detail.timesText(count(source.in_future), count(source.before_2000))}</Line>
        )}
        <Line name={detail.gaps}>
          <Gaps source={source} />
        </Line>
      </dl>
      <Mapping source={source.source} />
    </Stack>
  );
}

function Counts({ source }: { readonly source: SourceAnswer }) {
  const { detail } = useWords(sourcesWords);
  const { count } = useFormat();
  const counts = [count(source.stored), count(source.duplicates), count(source.quarantined)] as const;
  if (!source.grouped) return detail.countsText(count(source.read), ...counts);
  const rows = source.rows === null ? undefined : count(source.rows);
  return detail.groupedText(rows, count(source.stored + source.duplicates), ...counts);
}

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={classes.line}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Reasons({ source }: { readonly source: SourceAnswer }) {
  const words = useWords(sourcesWords);
  const { count } = useFormat();
  return (
    <Line name={words.detail.reasons}>
      {source.reasons.map((each) => (
        <div key={each.reason}>
          {words.reasons[each.reason] ?? each.reason}:{" "}
          {words.detail.reasonCount(count(each.quarantined), count(each.waiting))}
        </div>
      ))}
      {source.reasons.some((each) => each.waiting < each.quarantined) && (
        <Text size="xs" c="dimmed">
          {words.sameWaitOnce}
        </Text>
      )}
    </Line>
  );
}

function Gaps({ source }: { readonly source: SourceAnswer }) {
  const { detail } = useWords(sourcesWords);
  const format = useFormat();
  if (source.gaps.length === 0) return detail.noGaps;
  const day = (text: string) => format.day(`${text}T12:00:00Z`);
  return (
    <>
      {source.gaps.slice(-MOST_GAPS).map((gap) => (
        <div key={gap.first}>
          {detail.gap(day(gap.first), day(gap.last), format.count(gap.days), format.count(gap.expected))}
        </div>
      ))}
      {source.gaps.length > MOST_GAPS && detail.moreGaps(format.count(source.gaps.length - MOST_GAPS))}
    </>
  );
}

function Mapping({ source }: { readonly source: string }) {
  const { detail } = useWords(sourcesWords);
  const mayLook = useMay("change_data");
  const [opened, { toggle }] = useDisclosure(false);
  const query = useSourceMapping(source, opened);
  if (!mayLook) return null;
  return (
    <Stack gap="xs" align="flex-start">
      <Button size="xs" variant="default" onClick={toggle} aria-expanded={opened}>
        {detail.showMapping}
      </Button>
      {opened && (
        <Asked query={query} lines={6}>
          {({ yaml }) => (
            <Code block w="100%" tabIndex={0} aria-label={detail.mapping}>
              {yaml}
            </Code>
          )}
        </Asked>
      )}
    </Stack>
  );
}
