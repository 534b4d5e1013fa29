import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { askAgain } from "../base/api/askAgain";
import { answer, api } from "../base/api/client";
import type { ProposalRow } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useMay } from "../base/me";
import { Failed } from "../base/states/Failed";
import { useWords } from "../base/words";
import { MAPS_KEY } from "../maps/asking";
import { everybodyFrom } from "./asking";
import { evidenceWords } from "./evidenceWords";
import classes from "./ProposalCard.module.css";

interface ProposalCardProps {
  readonly map: string;
  readonly version: number;
  readonly proposal: ProposalRow;
  readonly wasRejected?: boolean;
  readonly onlyShown?: boolean;
}

/** One proposed edit with the numbers that speak for it. */
export function ProposalCard({ map, version, proposal, wasRejected = false, onlyShown = false }: ProposalCardProps) {
  const words = useWords(evidenceWords);
  const format = useFormat();
  const draws = useMay("draw") && !onlyShown;
  const [asksWhy, setAsksWhy] = useState(false);
  const [because, setBecause] = useState("");
  const decide = useDecision(map, version);
  return (
    <Stack gap={6} className={classes.card}>
      <Text size="xs" c="dimmed">
        {words.kinds[proposal.kind] ?? proposal.kind}
      </Text>
      <Text size="sm" fw={600} className={classes.what}>
        {proposal.what}
      </Text>
      <Text size="sm">{proposal.why}</Text>
      <Text size="xs" c="dimmed" className="numbers">
        {words.speaks(format.count(proposal.count), format.count(proposal.of))};{" "}
        {words.fitThen(format.share(proposal.fit_before), format.share(proposal.fit_after))}
      </Text>
      {decide.error !== null && <Failed error={decide.error} />}
      {draws && !asksWhy && (
        <Group gap="xs">
          <Button
            size="xs"
            leftSection={<IconCheck size={14} aria-hidden />}
            loading={decide.isPending}
            onClick={() => decide.mutate({ accepted: [proposal.id] })}
          >
            {words.accept}
          </Button>
          {!wasRejected && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconX size={14} aria-hidden />}
              onClick={() => setAsksWhy(true)}
            >
              {words.reject}
            </Button>
          )}
        </Group>
      )}
      {asksWhy && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            decide.mutate({ rejected: [proposal.id], because: because.trim() || null });
          }}
        >
          <Stack gap="xs">
            <TextInput
              size="xs"
              label={words.because}
              value={because}
              onChange={(event) => setBecause(event.currentTarget.value)}
              maxLength={300}
              autoFocus
            />
            <Group gap="xs">
              <Button size="xs" type="submit" loading={decide.isPending}>
                {words.rejectIt}
              </Button>
              <Button size="xs" variant="subtle" onClick={() => setAsksWhy(false)}>
                {words.cancel}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Stack>
  );
}

interface Decision {
  readonly accepted?: string[];
  readonly rejected?: string[];
  readonly because?: string | null;
}

function useDecision(map: string, version: number) {
  const words = useWords(evidenceWords);
  const client = useQueryClient();
  const [params] = useSearchParams();
  return useMutation({
    mutationFn: (decision: Decision) =>
      answer(
        api.POST("/api/evidence/maps/{ident}/proposals", {
          params: { path: { ident: map }, query: everybodyFrom(params) },
          body: { accepted: [], rejected: [], ...decision, based_on: version },
        }),
      ),
    onSuccess: async (saved, decision) => {
      await askAgain(client, { queryKey: MAPS_KEY });
      const message = decision.accepted === undefined ? words.rejectedDone : words.accepted(saved.version);
      notifications.show({ message, color: "teal" });
    },
  });
}
