import { Group, SegmentedControl, Stack, Tabs, Text, Title } from "@mantine/core";
import { IconListCheck, IconTargetArrow } from "@tabler/icons-react";
import { useSearchParams } from "react-router";
import type { OpportunitiesAnswer, OpportunityAnswer } from "../base/api/schema.gen";
import { Page } from "../base/Page";
import { Asked } from "../base/states/Asked";
import { Empty } from "../base/states/Empty";
import { TabBar } from "../base/TabBar";
import { useWords } from "../base/words";
import { FORMULAS, type Formula, useOpportunities, useTasks } from "./asking";
import { Board } from "./Board";
import { improveWords } from "./improveWords";
import { Matrix } from "./Matrix";
import { NewOpportunity } from "./NewOpportunity";
import { NewTask } from "./NewTask";
import { OpportunityDrawer } from "./OpportunityDrawer";
import { OpportunityTable } from "./OpportunityTable";
import { ToMaps } from "./ToMaps";

const TABS = ["matrix", "list", "board"] as const;

/** Opportunities by value and effort, and the tasks of their solutions. */
export function Component() {
  const words = useWords(improveWords);
  const [search, setSearch] = useSearchParams();
  const put = (name: string, value: string | null) =>
    setSearch(
      (known) => {
        if (value === null) known.delete(name);
        else known.set(name, value);
        return known;
      },
      { replace: true },
    );
  const tab = TABS.find((each) => each === search.get("tab")) ?? "matrix";
  const score = FORMULAS.find((each) => each === search.get("score")) ?? null;
  const opportunities = useOpportunities(score);
  const formula = score ?? opportunities.data?.score ?? "value-effort";
  return (
    <Page
      title={words.title}
      lead={words.lead}
      actions={
        <Group gap="xs">
          {tab !== "board" && <Scores formula={formula} onChoose={(value) => put("score", value)} />}
          <NewOpportunity onMade={(id) => put("opportunity", id)} isSecond={tab === "board"} />
        </Group>
      }
    >
      <Tabs value={tab} onChange={(value) => put("tab", value === "matrix" ? null : value)} keepMounted={false}>
        <TabBar chosen={tab}>
          {TABS.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {words.tabs[each]}
            </Tabs.Tab>
          ))}
        </TabBar>
        <Tabs.Panel value={tab} pt="md">
          {tab === "board" ? (
            <Tasks
              opportunities={opportunities.data?.opportunities ?? []}
              by={search.get("by")}
              onBy={(by) => put("by", by === "status" ? null : by)}
            />
          ) : (
            <Asked query={opportunities}>
              {(found) => <Opportunities found={found} tab={tab} onOpen={(id) => put("opportunity", id)} />}
            </Asked>
          )}
        </Tabs.Panel>
      </Tabs>
      <OpportunityDrawer
        opportunity={opportunities.data?.opportunities.find((each) => each.id === search.get("opportunity"))}
        formula={formula}
        onClose={() => put("opportunity", null)}
      />
    </Page>
  );
}

interface OpportunitiesProps {
  readonly found: OpportunitiesAnswer;
  readonly tab: "matrix" | "list";
  readonly onOpen: (id: string | null) => void;
}

function Opportunities({ found, tab, onOpen }: OpportunitiesProps) {
  const words = useWords(improveWords);
  const { opportunities, score: formula } = found;
  if (opportunities.length === 0)
    return (
      <Empty icon={<IconTargetArrow size={40} stroke={1.2} />} title={words.none}>
        {words.noneHint} <ToMaps />
      </Empty>
    );
  const table = <OpportunityTable opportunities={opportunities} formula={formula} onOpen={onOpen} />;
  return (
    <>
      {tab === "list" ? (
        <Stack gap="xs">
          <Text size="xs" c="dimmed">
            {words.formulaMeaning[formula]}
          </Text>
          {table}
        </Stack>
      ) : (
        <Stack gap="lg">
          <Matrix opportunities={opportunities} onOpen={onOpen} />
          <section>
            <Title order={2} size="h5" mb="xs">
              {words.asTable}
            </Title>
            {table}
          </section>
        </Stack>
      )}
    </>
  );
}

interface TasksProps {
  readonly opportunities: readonly OpportunityAnswer[];
  readonly by: string | null;
  readonly onBy: (by: "status" | "department") => void;
}

function Tasks({ opportunities, by, onBy }: TasksProps) {
  const words = useWords(improveWords);
  return (
    <Asked query={useTasks()}>
      {({ tasks }) =>
        tasks.length === 0 ? (
          <Empty icon={<IconListCheck size={40} stroke={1.2} />} title={words.noTask}>
            {words.noTaskHint} <ToMaps />
            <Group justify="center" mt="md">
              <NewTask opportunities={opportunities} />
            </Group>
          </Empty>
        ) : (
          <Board
            tasks={tasks}
            opportunities={opportunities}
            by={by === "department" ? "department" : "status"}
            onBy={onBy}
          />
        )
      }
    </Asked>
  );
}

function Scores({ formula, onChoose }: { readonly formula: Formula; readonly onChoose: (formula: Formula) => void }) {
  const words = useWords(improveWords);
  return (
    <SegmentedControl
      size="xs"
      aria-label={words.score}
      value={formula}
      onChange={(value) => onChoose(FORMULAS.find((each) => each === value) ?? "value-effort")}
      data={FORMULAS.map((each) => ({ value: each, label: words.formula[each] }))}
    />
  );
}
