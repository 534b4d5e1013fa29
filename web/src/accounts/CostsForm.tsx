import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconPlus } from "@tabler/icons-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { baseWords } from "../base/baseWords";
import { Changed } from "../base/states/Changed";
import { useWords } from "../base/words";
import { useNames } from "../journeys/asking";
import { accountsWords } from "./accountsWords";
import { useSetCosts } from "./asking";
import { CostRow } from "./CostRow";
import { type CostsDraft, costProblems, costsText, isCurrency, withChannel } from "./settingsDraft";

interface CostsFormProps {
  readonly draft: CostsDraft;
  /** Of the costs as the form began with them, and as they stand now. */
  readonly revision: string;
  readonly revisionNow: string;
  /** What stands now. */
  readonly now: ReactNode;
  readonly onDraft: (draft: CostsDraft) => void;
  readonly onTakeTheirs: () => void;
  readonly onClose: () => void;
}

/** Currency, and a row for each channel; channels of the record without a cost are offered. */
export function CostsForm({ draft, revision, revisionNow, now, onDraft, onTakeTheirs, onClose }: CostsFormProps) {
  const words = useWords(accountsWords);
  const base = useWords(baseWords);
  const saving = useSetCosts();
  const channels = useNames().data?.channels.map((each) => each.name);
  const [isTried, setTried] = useState(false);
  const problems = costProblems(draft);
  const isWhole = problems.size === 0 && isCurrency(draft.currency);
  const save = (of: string) =>
    saving.mutate(costsText(draft, of), {
      onSuccess: () => {
        notifications.show({ message: words.savedCosts });
        onClose();
      },
    });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isWhole) save(revision);
  };
  return (
    <form onSubmit={send} noValidate>
      <Stack gap="md">
        <TextInput
          label={words.currency}
          description={words.currencyHelp}
          maxLength={3}
          styles={{ input: { maxWidth: 120 } }}
          data-autofocus
          value={draft.currency}
          error={isTried && !isCurrency(draft.currency) && words.currencyForm}
          onChange={({ currentTarget: { value } }) => onDraft({ ...draft, currency: value.toUpperCase() })}
        />
        {draft.rows.map((row) => (
          <CostRow
            key={row.key}
            row={row}
            channels={channels}
            problem={isTried ? problems.get(row.key) : undefined}
            onRow={(changed) =>
              onDraft({ ...draft, rows: draft.rows.map((each) => (each.key === row.key ? changed : each)) })
            }
            onRemove={() => onDraft({ ...draft, rows: draft.rows.filter((each) => each.key !== row.key) })}
          />
        ))}
        <Group>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => onDraft(withChannel(draft, ""))}
          >
            {words.addChannel}
          </Button>
        </Group>
        <Unpriced draft={draft} channels={channels ?? []} onDraft={onDraft} />
        {saving.error !== null && (
          <Changed
            error={saving.error}
            busy={saving.isPending}
            now={now}
            onKeepMine={() => save(revisionNow)}
            onTakeTheirs={() => {
              saving.reset();
              onTakeTheirs();
            }}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {base.cancel}
          </Button>
          <Button type="submit" loading={saving.isPending}>
            {base.save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface UnpricedProps {
  readonly draft: CostsDraft;
  readonly channels: readonly string[];
  readonly onDraft: (draft: CostsDraft) => void;
}

function Unpriced({ draft, channels, onDraft }: UnpricedProps) {
  const words = useWords(accountsWords);
  const left = channels.filter((name) => !draft.rows.some((each) => each.channel.trim() === name));
  if (left.length === 0) return null;
  return (
    <Stack gap={6}>
      <Text size="xs" c="dimmed">
        {words.withoutCost}
      </Text>
      <Group gap={6}>
        {left.map((name) => (
          <Button
            key={name}
            size="compact-xs"
            variant="default"
            leftSection={<IconPlus size={12} aria-hidden />}
            aria-label={words.addChannelNamed(name)}
            onClick={() => onDraft(withChannel(draft, name))}
          >
            {name}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}
