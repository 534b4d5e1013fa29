import { Accordion, Stack, Text } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { answer, api } from "../base/api/client";
import type { ProposalRow } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Asked } from "../base/states/Asked";
import { Empty } from "../base/states/Empty";
import { useWords } from "../base/words";
import { MAPS_KEY } from "../maps/asking";
import { everybodyFrom } from "./asking";
import { evidenceWords } from "./evidenceWords";
import { ProposalCard } from "./ProposalCard";

/** What the map should say instead, as journeys speak for it: accepted or rejected one by one. */
export function ProposalsPanel({ map, version }: { readonly map: string; readonly version: number }) {
  const words = useWords(evidenceWords);
  const format = useFormat();
  const [params] = useSearchParams();
  const query = everybodyFrom(params);
  const found = useQuery({
    queryKey: [...MAPS_KEY, "proposals", map, query],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/evidence/maps/{ident}/proposals", { params: { path: { ident: map }, query }, signal })),
  });
  const cards = (rows: readonly ProposalRow[], decided: boolean) =>
    rows.map((each) => (
      <ProposalCard key={each.id} map={map} version={version} proposal={each} wasRejected={decided} />
    ));
  return (
    <Asked query={found} lines={8}>
      {(told) => (
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {words.proposalsLead(format.count(told.journeys))}. {told.only_at_goal && words.onlyAtGoal}
          </Text>
          {told.proposals.length === 0 ? (
            <Empty icon={<IconCircleCheck size={32} stroke={1.3} />} title={words.noProposals}>
              {words.noProposalsHint}
            </Empty>
          ) : (
            cards(told.proposals, false)
          )}
          <Accordion multiple variant="default">
            {told.rejected.length > 0 && (
              <Accordion.Item value="rejected">
                <Accordion.Control>{words.rejectedBefore(told.rejected.length)}</Accordion.Control>
                <Accordion.Panel>
                  <Stack>{cards(told.rejected, true)}</Stack>
                </Accordion.Panel>
              </Accordion.Item>
            )}
            {told.discarded.length > 0 && (
              <Accordion.Item value="discarded">
                <Accordion.Control>{words.discarded(told.discarded.length)}</Accordion.Control>
                <Accordion.Panel>
                  <Stack>
                    {told.discarded.map((each) => (
                      <ProposalCard key={each.id} map={map} version={version} proposal={each} onlyShown />
                    ))}
                  </Stack>
                </Accordion.Panel>
              </Accordion.Item>
            )}
          </Accordion>
        </Stack>
      )}
    </Asked>
  );
}
