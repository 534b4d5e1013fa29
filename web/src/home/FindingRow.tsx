import { ActionIcon, Anchor, Badge, Group, Stack, Text, Tooltip } from "@mantine/core";
import { IconArchive, IconArchiveOff, IconArrowNarrowRight, IconEye, IconEyeOff } from "@tabler/icons-react";
import type { KeyboardEvent, ReactNode } from "react";
import { Link } from "react-router";
import type { FindingEntry } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { addressOf, type Mark } from "./asking";
import { BeforeAfter } from "./BeforeAfter";
import { BehindLink } from "./BehindLink";
import { behindFinding } from "./behindFinding";
import classes from "./FindingRow.module.css";
import { useFindingText } from "./findingText";
import { homeWords } from "./homeWords";

interface FindingRowProps {
  readonly finding: FindingEntry;
  readonly onMark: (finding: string, mark: Mark) => void;
}

/** One finding: what, where, since when, for whom, how big, how sure; it opens in Explore. */
export function FindingRow({ finding, onMark }: FindingRowProps) {
  const words = useWords(homeWords);
  const { count } = useFormat();
  const text = useFindingText()(finding);
  const { mark } = finding;
  const toggle = (wanted: Mark) => onMark(finding.id, mark === wanted ? "new" : wanted);
  return (
    <li className={classes.row} data-mark={mark} onKeyDown={(event) => onKey(event, toggle)}>
      <Stack gap={4} className={classes.what}>
        <div className={classes.title}>
          {mark === "new" && <span className={classes.dot} role="img" aria-label={words.isNew} />}
          <Anchor component={Link} to={addressOf(finding.ask)} c="inherit" fw={600} data-finding>
            <Subject text={text.subject} />
          </Anchor>
          {text.segment !== null && (
            <Badge variant="default" size="sm" tt="none" fw={500} ml={8}>
              {text.segment}
            </Badge>
          )}
        </div>
        <Text size="sm" c="dimmed">
          {[text.measure, ...(text.trend === null ? [] : [text.trend]), text.when].join(", ")}
        </Text>
        <Text size="xs" c="dimmed" className="numbers">
          {text.difference} ·{" "}
          <BehindLink
            to={behindFinding(finding, "n")}
            label={words.openBehind(text.measure, words.n(count(finding.n)))}
          >
            {words.n(count(finding.n))}
          </BehindLink>{" "}
          · {text.confidence}
        </Text>
        {finding.also.length > 0 && (
          <details className={classes.also}>
            <summary>{words.also(count(finding.also.length))}</summary>
            <ul>
              {finding.also.map((each) => (
                <li key={each}>{each}</li>
              ))}
            </ul>
          </details>
        )}
      </Stack>
      <BeforeAfter finding={finding} measure={text.measure} before={text.before} after={text.after} />
      <Group gap={2} wrap="nowrap" className={classes.tools}>
        <Tool label={mark === "seen" ? words.notSeen : words.seen} onClick={() => toggle("seen")}>
          {mark === "seen" ? <IconEyeOff size={17} stroke={1.6} /> : <IconEye size={17} stroke={1.6} />}
        </Tool>
        <Tool label={mark === "dismissed" ? words.restore : words.dismiss} onClick={() => toggle("dismissed")}>
          {mark === "dismissed" ? <IconArchiveOff size={17} stroke={1.6} /> : <IconArchive size={17} stroke={1.6} />}
        </Tool>
      </Group>
    </li>
  );
}

function Subject({ text }: { readonly text: string }) {
  const [first, second] = text.split(" → ");
  if (second === undefined) return first;
  return (
    <>
      {first} <IconArrowNarrowRight size={16} stroke={1.8} style={{ verticalAlign: "-3px" }} aria-label="→" /> {second}
    </>
  );
}

function Tool(props: { readonly label: string; readonly onClick: () => void; readonly children: ReactNode }) {
  return (
    <Tooltip label={props.label}>
      <ActionIcon variant="subtle" color="gray" aria-label={props.label} onClick={props.onClick}>
        {props.children}
      </ActionIcon>
    </Tooltip>
  );
}

function onKey(event: KeyboardEvent<HTMLLIElement>, toggle: (mark: Mark) => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const neighbour = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "d") {
    if (!focusNeighbour(event.currentTarget, 1)) focusNeighbour(event.currentTarget, -1);
    toggle("dismissed");
  } else if (event.key === "s") toggle("seen");
  else if (neighbour !== undefined) focusNeighbour(event.currentTarget, neighbour);
  else return;
  event.preventDefault();
}

/** Whether there was one. */
function focusNeighbour(row: HTMLElement, by: number): boolean {
  const all = [...document.querySelectorAll<HTMLElement>("[data-finding]")];
  const next = all[all.findIndex((each) => row.contains(each)) + by];
  next?.focus();
  return next !== undefined;
}
