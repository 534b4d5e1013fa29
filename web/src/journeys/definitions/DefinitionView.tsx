import { Alert, Anchor, Button, Group, Stack, Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Link } from "react-router";
import type { DefinitionAnswer } from "../../base/api/schema.gen";
import { useFormat } from "../../base/format";
import { useWords } from "../../base/words";
import { outcomesOf } from "./addresses";
import classes from "./DefinitionView.module.css";
import { definitionsWords } from "./definitionsWords";

interface DefinitionViewProps {
  readonly definition: DefinitionAnswer;
  /** Not there for whoever may only look. */
  readonly onChange: (() => void) | undefined;
  readonly onRemove: (() => void) | undefined;
}

/** One definition: what it says, what in it nothing has, and what can be done with it. */
export function DefinitionView({ definition, onChange, onRemove }: DefinitionViewProps) {
  const words = useWords(definitionsWords);
  const { name } = definition;
  return (
    <Stack component="section" gap="sm" aria-label={name}>
      <Group justify="space-between" gap="xs">
        <Title order={2} size="h5" style={{ overflowWrap: "anywhere" }}>
          {name}
        </Title>
        <Group gap="xs">
          <Anchor component={Link} size="sm" to={outcomesOf(definition.id)} aria-label={words.seeHowOf(name)} mr="xs">
            {words.seeHow}
          </Anchor>
          {onChange !== undefined && (
            <Button
              size="compact-sm"
              variant="default"
              aria-label={words.changeOf(name)}
              aria-haspopup="dialog"
              onClick={onChange}
            >
              {words.change}
            </Button>
          )}
          {onRemove !== undefined && (
            <Button
              size="compact-sm"
              variant="subtle"
              color="red"
              aria-label={words.removeOf(name)}
              aria-haspopup="dialog"
              onClick={onRemove}
            >
              {words.remove}
            </Button>
          )}
        </Group>
      </Group>
      {definition.notes.map((note) => (
        <Alert key={note} variant="light" color="yellow" icon={<IconAlertTriangle />}>
          {note}
        </Alert>
      ))}
      <DefinitionFacts definition={definition} />
    </Stack>
  );
}

/** What a definition says. */
export function DefinitionFacts({ definition }: { readonly definition: DefinitionAnswer }) {
  const words = useWords(definitionsWords);
  const format = useFormat();
  const facts = [
    [words.start, definition.start],
    [words.goal, definition.goal],
    [words.end, definition.end],
    [words.where, definition.where],
    [words.timeOut, format.duration(definition.time_out_seconds)],
    [words.id, definition.id],
  ] as const;
  return (
    <dl className={classes.facts}>
      {facts
        .filter(([, value]) => value !== null)
        .map(([fact, value]) => (
          <div key={fact} className={classes.fact}>
            <dt>{fact}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
