import { ActionIcon, Button, Group, Popover, Stack, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconDatabaseImport, IconHelp } from "@tabler/icons-react";
import { Link, Navigate, useParams } from "react-router";
import type { VocabularyNames } from "../base/api/schema.gen";
import { Asked } from "../base/states/Asked";
import { Empty } from "../base/states/Empty";
import { useWords } from "../base/words";
import { Actions } from "./Actions";
import { AnswerView } from "./answers/AnswerView";
import { useAnswer, useNames } from "./asking";
import { Bar } from "./bar/Bar";
import { Options } from "./bar/Options";
import { BehindDrawer } from "./behind/BehindDrawer";
import { ComparisonView } from "./comparing/ComparisonView";
import { SecondGroup } from "./comparing/SecondGroup";
import classes from "./ExplorePage.module.css";
import { comparisonOf, type Explore, lacking, useExplore } from "./explore";
import { journeysWords } from "./journeysWords";
import { COMPARED_BY, comparedBy, isQuestion, SECOND_GROUP } from "./questions";
import { StartHere } from "./StartHere";
import { Switcher } from "./Switcher";
import { Waiting } from "./Waiting";

/** Ask a question about journeys; the address has all of it. */
export function Component() {
  const { question } = useParams();
  if (question === undefined) return <Navigate to="/explore/flow" replace />;
  return isQuestion(question) ? <ExplorePage /> : <NoQuestion name={question} />;
}

/** Said where an address names no question. */
function NoQuestion({ name }: { readonly name: string }) {
  const words = useWords(journeysWords);
  return (
    <Empty order={1} icon={<IconHelp size={36} stroke={1.4} />} title={words.noQuestion(name)}>
      <Stack gap="md" align="center">
        {words.noQuestionHelp}
        <Button component={Link} to="/explore/flow" variant="default" size="sm">
          {words.toFlow}
        </Button>
      </Stack>
    </Empty>
  );
}

function ExplorePage() {
  const words = useWords(journeysWords);
  const explore = useExplore();
  const names = useNames();
  useDocumentTitle(`${words.questions[explore.question].name} · Desireline`);
  return (
    <Asked query={names}>
      {(known) =>
        known.interactions === 0 ? (
          <Empty icon={<IconDatabaseImport size={36} stroke={1.4} />} title={words.emptyWorkspace}>
            <Stack gap="md" align="center">
              {words.emptyWorkspaceHelp}
              <Button component={Link} to="/data" variant="default" size="sm">
                {words.toData}
              </Button>
            </Stack>
          </Empty>
        ) : (
          <Question explore={explore} names={known} />
        )
      }
    </Asked>
  );
}

function Question({ explore, names }: { readonly explore: Explore; readonly names: VocabularyNames }) {
  const { question, params, query } = explore;
  const missing = lacking(question, params);
  const compared = comparisonOf(question, params);
  const isComparing = params.has("compare") || SECOND_GROUP.some((each) => params.has(each));
  const answer = useAnswer(question, query, missing.length === 0 && compared === undefined);
  const isDrawn = (answer.data?.picture ?? "") !== "";
  return (
    <Stack gap="md" maw={1480} mx="auto">
      <Header explore={explore} isDrawn={isDrawn} />
      <Stack gap="sm" className={classes.asked}>
        <Bar explore={explore} names={names} />
        {isComparing && COMPARED_BY[question] !== undefined && <SecondGroup explore={explore} names={names} />}
        <Options explore={explore} names={names} />
      </Stack>
      {missing[0] !== undefined ? (
        <StartHere explore={explore} names={names} lacking={missing[0]} />
      ) : compared !== undefined ? (
        <ComparisonView of={comparedBy(question, params) ?? ""} query={compared} explore={explore} />
      ) : (
        <Waiting query={answer} address={`questions/${question}?${query}`}>
          {(answered) => <AnswerView key={question} explore={explore} answered={answered} />}
        </Waiting>
      )}
      <BehindDrawer explore={explore} />
    </Stack>
  );
}

function Header({ explore, isDrawn }: { readonly explore: Explore; readonly isDrawn: boolean }) {
  const words = useWords(journeysWords);
  const told = words.questions[explore.question];
  return (
    <Group justify="space-between" align="center" gap="sm">
      <Group gap="sm" align="center" className={classes.question}>
        <h1 className={classes.title}>
          <Switcher explore={explore} />
        </h1>
        <Text size="sm" c="dimmed" className={classes.answers}>
          {told.answers}
        </Text>
        <Popover width={360} position="bottom-start" shadow="md" withArrow trapFocus returnFocus>
          <Popover.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={words.switcher.definition}>
              <IconHelp size={18} stroke={1.6} />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown>
            <Text size="sm" fw={600} mb={4}>
              {words.switcher.definition}
            </Text>
            <Text size="sm">{told.definition}</Text>
          </Popover.Dropdown>
        </Popover>
      </Group>
      <Group gap="xs">
        <Actions explore={explore} isDrawn={isDrawn} />
      </Group>
    </Group>
  );
}
