import { Anchor, Badge, Drawer, Group, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import type { OpportunityAnswer } from "../base/api/schema.gen";
import { baseWords } from "../base/baseWords";
import { byEscape } from "../base/byEscape";
import { useFormat } from "../base/format";
import { useMay } from "../base/me";
import { unasked } from "../base/unsaved/unasked";
import { useUnsaved } from "../base/unsaved/useUnsaved";
import { useWords } from "../base/words";
import type { Formula } from "./asking";
import { improveWords } from "./improveWords";
import { MetricsToday } from "./MetricsToday";
import { useRemoveOpportunity } from "./making";
import { Parts } from "./OpportunityTable";
import { RatingForm } from "./RatingForm";
import { Remove } from "./Remove";
import { Solutions } from "./Solutions";

interface OpportunityDrawerProps {
  readonly opportunity: OpportunityAnswer | undefined;
  readonly formula: Formula;
  readonly onClose: () => void;
}

const HELD_BY = ["opportunity"];

/** One opportunity: its score, the pains that lead to it, its solutions and their tasks. */
export function OpportunityDrawer({ opportunity, formula, onClose }: OpportunityDrawerProps) {
  const base = useWords(baseWords);
  const [isUnsaved, setUnsaved] = useState(false);
  const { ask, guard } = useUnsaved(isUnsaved, HELD_BY);
  const close = (): void => ask(onClose);
  return (
    <Drawer
      closeOnEscape={false}
      onKeyDown={byEscape(close)}
      opened={opportunity !== undefined}
      onClose={close}
      size="md"
      closeButtonProps={{ "aria-label": base.close }}
      title={<Text fw={620}>{opportunity?.title}</Text>}
    >
      {opportunity !== undefined && (
        <Details opportunity={opportunity} formula={formula} onClose={() => unasked(onClose)} onUnsaved={setUnsaved} />
      )}
      {guard}
    </Drawer>
  );
}

interface DetailsProps extends OpportunityDrawerProps {
  readonly opportunity: OpportunityAnswer;
  readonly onUnsaved: (isUnsaved: boolean) => void;
}

function Details({ opportunity, formula, onClose, onUnsaved }: DetailsProps) {
  const words = useWords(improveWords);
  const may = useMay("draw");
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
        {[...new Set(opportunity.pains.map((pain) => pain.text))].map((text) => (
          <div key={text}>
            <Text size="sm">“{text}”</Text>
            {opportunity.pains
              .filter((pain) => pain.text === text)
              .map((pain) => (
                <Anchor
                  key={`${pain.map} ${pain.cell}`}
                  component={Link}
                  to={`/maps/${pain.map}?step=${pain.step}`}
                  size="xs"
                  display="block"
                >
                  {words.openStep(pain.step_name, pain.map_title)}
                </Anchor>
              ))}
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
      <MetricsToday opportunity={opportunity} />
      {may && (
        <>
          <section>
            <Title order={3} size="h6" mb={4}>
              {words.rate}
            </Title>
            <RatingForm key={opportunity.id} opportunity={opportunity} onUnsaved={onUnsaved} />
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
