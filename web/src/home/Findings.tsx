import { Button, Group, Progress, Stack, Text, Title, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import type { FindingEntry, HomeFindings } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Asked } from "../base/states/Asked";
import { useWords } from "../base/words";
import { type HomeFunction, type Mark, useFindings, useMark } from "./asking";
import { FindingRow } from "./FindingRow";
import classes from "./Findings.module.css";
import { homeWords } from "./homeWords";

/** The feed of findings that concern a function: those that go on first. */
export function Findings({ view }: { readonly view: HomeFunction }) {
  const words = useWords(homeWords);
  const query = useFindings();
  return (
    <Stack gap="xs">
      <div>
        <Title order={2} size="h4">
          {words.findings}
        </Title>
        <Text size="xs" c="dimmed">
          {words.findingsLead}
        </Text>
      </div>
      <Asked query={query} lines={8}>
        {(found) => (found.working === null ? <Feed found={found} view={view} /> : <OnItsWay found={found} />)}
      </Asked>
    </Stack>
  );
}

function OnItsWay({ found }: { readonly found: HomeFindings }) {
  const words = useWords(homeWords);
  const { done, total } = found.working ?? { done: null, total: null };
  return (
    <Stack gap={4} py="md" role="status">
      <Text size="sm" c="dimmed">
        {words.working}
      </Text>
      <Progress value={total ? (100 * (done ?? 0)) / total : 100} animated size="sm" aria-label={words.working} />
    </Stack>
  );
}

function Feed({ found, view }: { readonly found: HomeFindings; readonly view: HomeFunction }) {
  const words = useWords(homeWords);
  const { count } = useFormat();
  const mark = useMark();
  const [all, setAll] = useState(false);
  const here = found.findings.filter((each) => view === "overview" || each.functions.includes(view));
  const dismissed = here.filter((each) => each.mark === "dismissed").length;
  const shown = here.filter((each) => all || each.mark !== "dismissed");
  const elsewhere = found.findings.length - here.length;
  return (
    <Stack gap="sm">
      {shown.length === 0 && <Nothing found={found} here={here.length} />}
      <Part title={words.goingOn} findings={shown.filter((each) => each.last_day === null)} onMark={mark} />
      <Part title={words.over} findings={shown.filter((each) => each.last_day !== null)} onMark={mark} />
      {shown.length > 0 && <VisuallyHidden>{words.findingKeys}</VisuallyHidden>}
      <Group gap="xs">
        {dismissed > 0 && (
          <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setAll(!all)}>
            {all ? words.hideDismissed : words.dismissedCount(count(dismissed))}
          </Button>
        )}
        {elsewhere > 0 && (
          <Text size="xs" c="dimmed">
            {words.onlyHere(count(elsewhere))}
          </Text>
        )}
      </Group>
    </Stack>
  );
}

function Nothing({ found, here }: { readonly found: HomeFindings; readonly here: number }) {
  const words = useWords(homeWords);
  const told = here > 0 ? words.allDismissed : found.findings.length > 0 ? words.noFindingsHere : words.noFindings;
  return (
    <div>
      <Text size="sm">{told}</Text>
      {found.findings.length === 0 && (
        <Text size="xs" c="dimmed">
          {words.noFindingsHint}
        </Text>
      )}
    </div>
  );
}

interface PartProps {
  readonly title: string;
  readonly findings: readonly FindingEntry[];
  readonly onMark: (finding: string, mark: Mark) => void;
}

function Part({ title, findings, onMark }: PartProps) {
  if (findings.length === 0) return null;
  return (
    <section aria-label={title}>
      <Title order={3} size="xs" tt="uppercase" c="dimmed" className={classes.heading}>
        {title}
      </Title>
      <ul className={classes.list}>
        {findings.map((each) => (
          <FindingRow key={each.id} finding={each} onMark={onMark} />
        ))}
      </ul>
    </section>
  );
}
