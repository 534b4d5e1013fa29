import { Anchor, Badge, Drawer, Group, Stack, Text, Title } from "@mantine/core";
import { Link } from "react-router";
import type { OpportunityAnswer } from "../base/api/schema.gen";
import { baseWords } from "../base/baseWords";
import { byEscape } from "../base/byEscape";
import { useFormat } from "../base/format";
import { useMay } from "../base/me";
import { useWords } from "../base/words";
import type { Formula } from "./asking";
import { improveWords } from "./improveWords";
import { useRemoveOpportunity } from "./making";
import { useMetricText } from "./metricText";
import { Parts } from "./OpportunityTable";
import { RatingForm } from "./RatingForm";
import { Remove } from "./Remove";
import { Solutions } from "./Solutions";

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
      closeOnEscape={false}
      onKeyDown={byEscape(onClose)}
      opened={opportunity !== undefined}
      onClose={onClose}
      size="md"
      closeButtonProps={{ "aria-label": base.close }}
      title={<Text fw={620}>{opportunity?.title}</Text>}
    >
      {opportunity !== undefined && <Details opportunity={opportunity} formula={formula} onClose={onClose} />}
    </Drawer>
  );
}

function Details({
  opportunity,
  formula,
  onClose,
}: OpportunityDrawerProps & { readonly opportunity: OpportunityAnswer }) {
  const words = useWords(improveWords);
  const may = useMay("draw");
  const metricText = useMetricText();
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
        {opportunity.steps
          .filter((each) => !opportunity.pains.some((pain) => pain.map === each.map && pain.step === each.step))
          .map((each) => (
            <div key={`${each.map} ${each.step}`}>
              <Anchor component={Link} to={`/maps/${each.map}?step=${each.step}`} size="xs">
                {words.openStep(each.step_name, each.map_title)}
              </Anchor>
            </div>
          ))}
        {opportunity.evidence > 0 && (
          <Text size="xs" c="dimmed" mt={4}>
            {words.kinds(count(opportunity.evidence), count(opportunity.kinds_of_evidence))}
          </Text>
        )}
      </section>
      <Solutions opportunity={opportunity} />
      {!may && opportunity.metrics.length > 0 && (
        <section>
          <Title order={3} size="h6" mb={4}>
            {words.metrics}
          </Title>
          {opportunity.metrics.map((each) => (
            <Text key={each.id} size="sm">
              {metricText(each)}
            </Text>
          ))}
        </section>
      )}
      {may && (
        <>
          <section>
            <Title order={3} size="h6" mb={4}>
              {words.rate}
            </Title>
            <RatingForm key={opportunity.id} opportunity={opportunity} />
          </section>
          {!opportunity.is_document && <RemoveOpportunity opportunity={opportunity} onGone={onClose} />}
        </>
      )}
    </Stack>
  );
}

interface RemoveOpportunityProps {
  readonly opportunity: OpportunityAnswer;
  readonly onGone: () => void;
}

function RemoveOpportunity({ opportunity, onGone }: RemoveOpportunityProps) {
  const words = useWords(improveWords);
  const removal = useRemoveOpportunity(opportunity);
  return (
    <Remove
      label={words.removeOpportunity}
      hint={words.removeOpportunityHint}
      busy={removal.isPending}
      error={removal.error}
      onDo={() => removal.mutate(undefined, { onSuccess: onGone })}
    />
  );
}
