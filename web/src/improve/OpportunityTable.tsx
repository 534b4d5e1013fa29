import { Anchor, Badge, Group, Table, Text } from "@mantine/core";
import { Link } from "react-router";
import type { OpportunityAnswer } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { WideTable } from "../base/WideTable";
import { useWords } from "../base/words";
import type { Formula } from "./asking";
import { improveWords } from "./improveWords";
import classes from "./OpportunityTable.module.css";
import { partsOf } from "./scoreParts";

interface OpportunityTableProps {
  readonly opportunities: readonly OpportunityAnswer[];
  readonly formula: Formula;
  readonly onOpen: (id: string) => void;
}

/** The opportunities by score, with what it is made of and the steps they belong to. */
export function OpportunityTable({ opportunities, formula, onOpen }: OpportunityTableProps) {
  const words = useWords(improveWords);
  return (
    <WideTable width={760}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th className={classes.number}>{words.rank}</Table.Th>
          <Table.Th>{words.opportunity}</Table.Th>
          <Table.Th className={classes.number}>{words.formula[formula]}</Table.Th>
          <Table.Th>{words.madeOf}</Table.Th>
          <Table.Th>{words.field}</Table.Th>
          <Table.Th className={classes.number}>{words.evidenceColumn}</Table.Th>
          <Table.Th>{words.status}</Table.Th>
          <Table.Th>{words.place}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {opportunities.map((each) => (
          <Row key={each.id} opportunity={each} formula={formula} onOpen={onOpen} />
        ))}
      </Table.Tbody>
    </WideTable>
  );
}

interface RowProps {
  readonly opportunity: OpportunityAnswer;
  readonly formula: Formula;
  readonly onOpen: (id: string) => void;
}

function Row({ opportunity, formula, onOpen }: RowProps) {
  const words = useWords(improveWords);
  const { number, count } = useFormat();
  return (
    <Table.Tr>
      <Table.Td className={classes.number}>{opportunity.rank ?? "–"}</Table.Td>
      <Table.Td miw={220}>
        <Anchor
          component="button"
          type="button"
          c="inherit"
          fw={550}
          size="sm"
          ta="left"
          aria-haspopup="dialog"
          onClick={() => onOpen(opportunity.id)}
        >
          {opportunity.title}
        </Anchor>
        {opportunity.owner !== null && (
          <Text size="xs" c="dimmed">
            {opportunity.owner}
          </Text>
        )}
      </Table.Td>
      <Table.Td className={classes.number}>
        {opportunity.score === null ? (
          <Text size="xs" c="dimmed">
            {words.noScore}
          </Text>
        ) : (
          <Text fw={600} size="sm">
            {number(opportunity.score, 2)}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Parts opportunity={opportunity} formula={formula} />
      </Table.Td>
      <Table.Td className={classes.short}>
        {opportunity.quadrant === null ? "–" : words.quadrant[opportunity.quadrant]}
      </Table.Td>
      <Table.Td className={classes.number}>{count(opportunity.evidence)}</Table.Td>
      <Table.Td>
        <Badge variant="default" tt="none" fw={500} miw="max-content">
          {words.opportunityStatus[opportunity.status] ?? opportunity.status}
        </Badge>
      </Table.Td>
      <Table.Td miw={150}>
        {opportunity.steps.slice(0, 2).map((each) => (
          <Anchor
            key={`${each.map} ${each.step}`}
            component={Link}
            to={`/maps/${each.map}?step=${each.step}`}
            size="xs"
            display="block"
            title={each.map_title}
          >
            {each.step_name}
          </Anchor>
        ))}
      </Table.Td>
    </Table.Tr>
  );
}

/** The figures of a score; what nobody gave says so. */
export function Parts({
  opportunity,
  formula,
}: {
  readonly opportunity: OpportunityAnswer;
  readonly formula: Formula;
}) {
  const words = useWords(improveWords);
  const { number } = useFormat();
  const missing = opportunity.missing.map((each) => words.figure[each] ?? each);
  return (
    <Group gap={4} className="numbers">
      {partsOf(opportunity, formula)
        .filter((each) => each.value !== null)
        .map((each) => (
          <Text key={each.name} size="xs" span className={classes.part}>
            <Text span inherit c="dimmed">
              {words.figure[each.name]}
            </Text>{" "}
            {number(each.value, 2)}
          </Text>
        ))}
      {missing.length > 0 && (
        <Text size="xs" span c="dimmed" fs="italic">
          {words.lacks(missing.join(", "))}
        </Text>
      )}
    </Group>
  );
}
