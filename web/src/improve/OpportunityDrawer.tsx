import { Anchor, Badge, Drawer, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import type { OpportunityAnswer } from "../base/api/schema.gen";
import { baseWords } from "../base/baseWords";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import type { Formula } from "./asking";
import { improveWords } from "./improveWords";
import { Parts } from "./OpportunityTable";

interface OpportunityDrawerProps {
  readonly opportunity: OpportunityAnswer | undefined;
  readonly formula: Formula;
  readonly onClose: () => void;
}

/** One opportunity: its score, the pains that lead to it, its solutions and their tasks. */
export function OpportunityDrawer({ opportunity, formula, onClose }: OpportunityDrawerProps) {
  const base = useWords(baseWords);
  return (
    <Drawer
      opened={opportunity !== undefined}
      onClose={onClose}
      size="md"
      closeButtonProps={{ "aria-label": base.close }}
      title={<Text fw={620}>{opportunity?.title}</Text>}
    >
      {opportunity !== undefined && <Details opportunity={opportunity} formula={formula} />}
    </Drawer>
  );
}

function Details({ opportunity, formula }: { readonly opportunity: OpportunityAnswer; readonly formula: Formula }) {
  const words = useWords(improveWords);
  const { number, count } = useFormat();
  return (
    <Stack gap="lg">
      {opportunity.summary !== null && <Text size="sm">{opportunity.summary}</Text>}
      <div>
        <Group gap="xs">
          <Badge variant="default" tt="none" fw={500}>
            {words.opportunityStatus[opportunity.status] ?? opportunity.status}
          </Badge>
          {opportunity.quadrant !== null && (
            <Badge variant="light" tt="none" fw={500}>
              {words.quadrant[opportunity.quadrant]}
            </Badge>
          )}
          {opportunity.owner !== null && (
            <Text size="sm" c="dimmed">
              {opportunity.owner}
            </Text>
          )}
        </Group>
        <Text mt="xs" size="sm">
          {words.formula[formula]}: <b>{opportunity.score === null ? words.noScore : number(opportunity.score, 2)}</b>
        </Text>
        <Parts opportunity={opportunity} formula={formula} />
      </div>
      <section>
        <Title order={3} size="h6" mb={4}>
          {words.pains}
        </Title>
        {opportunity.pains.length === 0 && (
          <Text size="sm" c="dimmed">
            {words.noPains}
          </Text>
        )}
        {opportunity.pains.map((pain) => (
          <div key={`${pain.map} ${pain.cell} ${pain.text}`}>
            <Text size="sm">“{pain.text}”</Text>
            <Anchor component={Link} to={`/maps/${pain.map}?step=${pain.step}`} size="xs">
              {words.openStep(pain.step_name, pain.map_title)}
            </Anchor>
          </div>
        ))}
        {opportunity.evidence > 0 && (
          <Text size="xs" c="dimmed" mt={4}>
            {words.kinds(count(opportunity.evidence), count(opportunity.kinds_of_evidence))}
          </Text>
        )}
      </section>
      <section>
        <Title order={3} size="h6" mb={4}>
          {words.solutions}
        </Title>
        {opportunity.solutions.length === 0 && (
          <Text size="sm" c="dimmed">
            {words.noSolutions}
          </Text>
        )}
        <Stack gap="xs">
          {opportunity.solutions.map((each) => (
            <div key={each.id}>
              <Text size="sm" fw={550}>
                {each.title}
              </Text>
              <Text size="xs" c="dimmed">
                {words.solutionStatus[each.status] ?? each.status} ·{" "}
                {each.tasks === 0 ? words.noTasks : words.tasksDone(count(each.tasks_done), count(each.tasks))}
              </Text>
            </div>
          ))}
        </Stack>
      </section>
      {opportunity.metrics.length > 0 && (
        <section>
          <Title order={3} size="h6" mb={4}>
            {words.metrics}
          </Title>
          <Text size="sm">{opportunity.metrics.join(", ")}</Text>
        </section>
      )}
    </Stack>
  );
}
