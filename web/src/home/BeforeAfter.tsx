import type { FindingEntry } from "../base/api/schema.gen";
import { useWords } from "../base/words";
import classes from "./BeforeAfter.module.css";
import { BehindLink } from "./BehindLink";
import { behindFinding } from "./behindFinding";
import { homeWords } from "./homeWords";

interface BeforeAfterProps {
  readonly finding: FindingEntry;
  readonly measure: string;
  readonly before: string;
  readonly after: string;
}

/** What it was on other days and what it was in these, as two bars; the line is the interval of the difference. */
export function BeforeAfter({ finding, measure, before, after }: BeforeAfterProps) {
  const words = useWords(homeWords);
  const [low, high] = [finding.before + finding.low, finding.before + finding.high];
  const ends = [0, finding.before, finding.after, low, high];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const at = (value: number): number => (100 * (value - least)) / (most - least || 1);
  const bar = (value: number) => ({
    left: `${Math.min(at(0), at(value))}%`,
    width: `max(2px, ${Math.abs(at(value) - at(0))}%)`,
  });
  return (
    <dl className={classes.pair}>
      <dt>{finding.slope === null ? words.otherwise : words.atFirst}</dt>
      <dd>
        <span className={classes.track} aria-hidden>
          <span className={classes.before} style={bar(finding.before)} />
        </span>
        <span className={classes.number}>
          <BehindLink to={behindFinding(finding, "before")} label={words.openBehind(measure, before)}>
            {before}
          </BehindLink>
        </span>
      </dd>
      <dt>{finding.slope === null ? words.thisTime : words.atLast}</dt>
      <dd>
        <span className={classes.track} aria-hidden>
          <span className={classes.after} style={bar(finding.after)} />
          <span className={classes.interval} style={{ left: `${at(low)}%`, width: `${at(high) - at(low)}%` }} />
        </span>
        <span className={classes.number}>
          <BehindLink to={behindFinding(finding, "after")} label={words.openBehind(measure, after)}>
            {after}
          </BehindLink>
        </span>
      </dd>
    </dl>
  );
}
