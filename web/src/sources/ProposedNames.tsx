import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconBulb } from "@tabler/icons-react";
import type { Join } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { useProposedJoins } from "./askingNames";
import { sourcesWords } from "./sourcesWords";
import { type Draft, join, type Kind } from "./taxonomy";

interface ProposedNamesProps {
  readonly draft: Draft;
  readonly onChange: (draft: Draft) => void;
}

/** Names that look like other ones, to be joined one by one or all at once. */
export function ProposedNames({ draft, onChange }: ProposedNamesProps) {
  const words = useWords(sourcesWords);
  const format = useFormat();
  const joins = (useProposedJoins().data?.joins ?? []).filter((each) => isOpen(draft, each));
  if (joins.length === 0) return null;
  return (
    <Alert variant="light" icon={<IconBulb />} title={words.proposals(format.count(joins.length))}>
      <Stack gap={6}>
        {joins.map((each) => (
          <Group key={`${each.kind} ${each.raw}`} gap="sm">
            <Text size="sm">{words.proposal(each.raw, each.name)}</Text>
            <Text size="xs" c="dimmed">
              {words.proposalCount(format.count(each.interactions))} · {each.reason}
            </Text>
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`${words.takeProposal}: ${words.proposal(each.raw, each.name)}`}
              onClick={() => onChange(taken(draft, each))}
            >
              {words.takeProposal}
            </Button>
          </Group>
        ))}
        {joins.length > 1 && (
          <Group>
            <Button size="xs" variant="default" onClick={() => onChange(joins.reduce(taken, draft))}>
              {words.takeAll}
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}

function kindOf(proposed: Join): Kind {
  return proposed.kind === "channel" ? "channels" : "touchpoints";
}

function isOpen(draft: Draft, proposed: Join): boolean {
  return draft[kindOf(proposed)].some((each) => each.name === proposed.raw);
}

function taken(draft: Draft, proposed: Join): Draft {
  return join(draft, kindOf(proposed), [proposed.name, proposed.raw], proposed.name);
}
