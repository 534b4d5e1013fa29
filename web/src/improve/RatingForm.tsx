import {
  Button,
  Group,
  MultiSelect,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { OpportunityAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Failed } from "../base/states/Failed";
import { useTellUnsaved } from "../base/unsaved/useUnsaved";
import { useWords } from "../base/words";
import { OPPORTUNITY_STATUSES } from "./columns";
import { improveWords } from "./improveWords";
import { useChangeOpportunity, useChoices } from "./making";
import { useMetricText } from "./metricText";
import {
  allFit,
  changeOfOpportunity,
  type Figure,
  fits,
  type Rated,
  RICE_AND_ICE,
  ratedOf,
  VALUE_AND_EFFORT,
} from "./rating";

interface RatingFormProps {
  readonly opportunity: OpportunityAnswer;
  readonly onUnsaved: (isUnsaved: boolean) => void;
}

/** An opportunity to rate and to change; what is typed stays where the server refuses it. */
export function RatingForm({ opportunity, onUnsaved }: RatingFormProps) {
  const words = useWords(improveWords);
  const change = useChangeOpportunity(opportunity);
  const metrics = useChoices().data?.metrics ?? opportunity.metrics;
  const metricText = useMetricText();
  const { number } = useFormat();
  const [seen, setSeen] = useState(() => ratedOf(opportunity));
  const [said, setSaid] = useState(seen);
  const [basis, setBasis] = useState<number | null>(opportunity.version);
  const wanted = changeOfOpportunity(seen, said);
  useTellUnsaved(wanted !== null, onUnsaved);
  const say = (part: Partial<Rated>) => setSaid((before) => ({ ...before, ...part }));
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (wanted === null || !allFit(said)) return;
    const kept = (found: Rated, version: number) => {
      setSeen(found);
      setSaid(found);
      setBasis(version);
    };
    change.mutate(
      { ...wanted, based_on: basis ?? opportunity.version },
      { onSuccess: (found) => kept(ratedOf(found.opportunity), found.version), onError: () => setBasis(null) },
    );
  };
  const bounds = ({ min, max }: Figure): string =>
    max === undefined ? words.atLeast(number(min)) : words.fromTo(number(min), number(max));
  const figure = (each: Figure) => (
    <NumberInput
      key={each.name}
      size="xs"
      label={words.figureLabel[each.name]}
      min={each.min}
      step={each.step}
      {...(each.max !== undefined && { max: each.max })}
      clampBehavior="none"
      error={!fits(each, said.figures[each.name]) && bounds(each)}
      value={said.figures[each.name]}
      onChange={(value) => say({ figures: { ...said.figures, [each.name]: typeof value === "number" ? value : "" } })}
    />
  );
  return (
    <form onSubmit={save} aria-label={words.rate}>
      <Stack gap="sm">
        <TextInput
          size="xs"
          label={words.opportunity}
          required
          maxLength={200}
          value={said.title}
          onChange={(event) => say({ title: event.currentTarget.value })}
        />
        <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="xs">
          {VALUE_AND_EFFORT.map(figure)}
        </SimpleGrid>
        <details>
          <Text component="summary" size="xs" c="dimmed" style={{ cursor: "pointer" }}>
            {words.riceAndIce}
          </Text>
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="xs" mt="xs">
            {RICE_AND_ICE.map(figure)}
          </SimpleGrid>
        </details>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
          <Select
            size="xs"
            label={words.status}
            allowDeselect={false}
            data={OPPORTUNITY_STATUSES.map((each) => ({ value: each, label: words.opportunityStatus[each] ?? each }))}
            value={said.status}
            onChange={(value) => say({ status: OPPORTUNITY_STATUSES.find((each) => each === value) ?? said.status })}
          />
          <TextInput
            size="xs"
            label={words.owner}
            maxLength={200}
            value={said.owner}
            onChange={(event) => say({ owner: event.currentTarget.value })}
          />
        </SimpleGrid>
        {metrics.length > 0 && (
          <MultiSelect
            size="xs"
            label={words.metrics}
            searchable
            data={metrics.map((each) => ({ value: each.id, label: metricText(each) }))}
            value={[...said.metrics]}
            onChange={(ids) => say({ metrics: ids })}
          />
        )}
        <Textarea
          size="xs"
          label={words.summary}
          autosize
          maxRows={8}
          value={said.summary}
          onChange={(event) => say({ summary: event.currentTarget.value })}
        />
        {change.error !== null && <Failed error={change.error} />}
        <Group justify="flex-end">
          <Button
            size="xs"
            type="submit"
            loading={change.isPending}
            disabled={wanted === null || !said.title.trim() || !allFit(said)}
          >
            {words.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
