import type { FindingEntry } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { useFigureFormat } from "./figureFormat";
import { homeWords } from "./homeWords";
import type { HomeWords } from "./words.en";

const SHARES = new Set(["level", "transition", "conversion"]);

/** A finding for people: what it measures, when, for whom, how much, how sure. */
export interface FindingText {
  readonly measure: string;
  readonly subject: string;
  /** How fast it changes; null where it is no slow change. */
  readonly trend: string | null;
  readonly when: string;
  readonly segment: string | null;
  readonly before: string;
  readonly after: string;
  readonly difference: string;
  readonly confidence: string;
}

/** How findings are told in the person's language. */
export function useFindingText(): (finding: FindingEntry) => FindingText {
  const words = useWords(homeWords);
  const figures = useFigureFormat();
  const { share } = useFormat();
  return (finding) => {
    const measured = { kind: SHARES.has(finding.measure) ? "share" : "mean", unit: finding.unit } as const;
    const value = (number: number): string => figures.value(measured, number);
    const low = figures.bound(measured, finding.low);
    const high = figures.bound(measured, finding.high);
    const unit = measured.kind === "share" ? words.pointsDifference : (text: string) => text;
    return {
      measure: words.told[finding.measure] ?? finding.measure,
      subject: finding.name ?? finding.subject,
      trend: finding.slope === null ? null : words.trend(unit(figures.bound(measured, finding.slope))),
      when: words.since({
        from: figures.day(finding.first_day),
        to: finding.last_day === null ? null : figures.day(finding.last_day),
      }),
      segment: segmentOf(finding, words),
      before: value(finding.before),
      after: value(finding.after),
      difference: words.difference(low, unit(high)),
      confidence: finding.confidence >= 0.999 ? words.confidenceAbove : words.confidence(share(finding.confidence)),
    };
  };
}

/** Whom a finding is about, `plan: Stream+`; null: everybody. */
function segmentOf(finding: FindingEntry, words: HomeWords): string | null {
  if (finding.segment === null) return null;
  if (finding.segment === "weekday" && finding.segment_value !== null)
    return words.weekday[finding.segment_value] ?? finding.segment_value;
  return `${finding.segment.replace(/^attributes\./, "")}: ${finding.segment_value}`;
}
