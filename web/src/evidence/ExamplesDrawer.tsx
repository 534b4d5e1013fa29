import { Button, Drawer, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../base/api/client";
import type { StepRow } from "../base/api/schema.gen";
import { baseWords } from "../base/baseWords";
import { useFormat } from "../base/format";
import { Asked } from "../base/states/Asked";
import { Empty } from "../base/states/Empty";
import { useWords } from "../base/words";
import { MAPS_KEY } from "../maps/asking";
import { useAddress } from "../maps/view/useAddress";
import { everybodyFrom } from "./asking";
import { ExampleJourneyView } from "./ExampleJourneyView";
import { evidenceWords } from "./evidenceWords";

const FIRST = 5;
const MOST = 50;
const KINDS = ["reached", "skipped", "repeated", "out_of_order", "left", "open", "unplanned"] as const;
type Kind = (typeof KINDS)[number];

/** The journeys behind a number of the map, while the address says which. */
export function ExamplesDrawer({ map, steps }: { readonly map: string; readonly steps: readonly StepRow[] }) {
  const words = useWords(evidenceWords);
  const base = useWords(baseWords);
  const [params, change] = useAddress();
  const what = KINDS.find((each) => each === params.get("examples"));
  const step = what === "unplanned" ? params.get("after") : params.get("step");
  const name = steps.find((each) => each.id === step)?.name ?? words.beforeFirst;
  const title = what === undefined ? "" : words.examplesOf(params.get("touchpoint") ?? words[what], name);
  return (
    <Drawer
      opened={what !== undefined}
      onClose={() => change({ examples: null, after: null, touchpoint: null })}
      title={title}
      size="lg"
      closeButtonProps={{ "aria-label": base.close }}
    >
      {what !== undefined && (
        <Examples map={map} what={what} step={step} touchpoint={params.get("touchpoint")} steps={steps} />
      )}
    </Drawer>
  );
}

interface ExamplesProps {
  readonly map: string;
  readonly what: Kind;
  readonly step: string | null;
  readonly touchpoint: string | null;
  readonly steps: readonly StepRow[];
}

function Examples({ map, what, step, touchpoint, steps }: ExamplesProps) {
  const words = useWords(evidenceWords);
  const format = useFormat();
  const [params] = useAddress();
  const [n, setN] = useState(FIRST);
  const query = { what, n, ...everybodyFrom(params), ...(step ? { step } : {}), ...(touchpoint ? { touchpoint } : {}) };
  const found = useQuery({
    queryKey: [...MAPS_KEY, "examples", map, query],
    queryFn: ({ signal }) =>
      answer(api.GET("/api/evidence/maps/{ident}/examples", { params: { path: { ident: map }, query }, signal })),
    placeholderData: (before) => before,
  });
  const names = new Map(steps.map((each) => [each.id, each.name]));
  return (
    <Asked query={found} lines={8}>
      {(told) =>
        told.examples.length === 0 ? (
          <Empty title={words.noExamples} />
        ) : (
          <Stack gap="lg">
            <Text size="sm" c="dimmed">
              {words.latest(format.count(told.examples.length), format.count(told.journeys))}
            </Text>
            {told.examples.map((each) => (
              <ExampleJourneyView
                key={`${String(each.customer)}/${String(each.interactions[0]?.arrival)}`}
                journey={each}
                names={names}
              />
            ))}
            {told.journeys > told.examples.length && n < MOST && (
              <Button variant="default" loading={found.isFetching} onClick={() => setN(Math.min(MOST, n + 10))}>
                {words.more}
              </Button>
            )}
          </Stack>
        )
      }
    </Asked>
  );
}
