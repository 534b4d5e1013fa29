import { Group, Stack, Text, Tooltip } from "@mantine/core";
import { useSearchParams } from "react-router";
import type { MeasuresAnswer, StepRow } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { Asked } from "../base/states/Asked";
import { Empty } from "../base/states/Empty";
import { useWords } from "../base/words";
import { useAddress } from "../maps/view/useAddress";
import { chosenFrom, useCheck } from "./asking";
import { ExamplesDrawer } from "./ExamplesDrawer";
import { evidenceWords } from "./evidenceWords";
import { StepDetail } from "./StepDetail";
import { StepList } from "./StepList";
import { Unplanned } from "./Unplanned";

/** The steps of a map with what was measured at them; the step that is looked at stands in the address. */
export function StepsPanel({ map }: { readonly map: string }) {
  const [params, change] = useAddress();
  const check = useCheck(map, chosenFrom(params));
  const shown = params.get("step");
  return (
    <Asked query={check} lines={10}>
      {(found) => {
        const step = found.steps.find((each) => each.id === shown);
        return (
          <Stack gap="md">
            <Overall found={found} />
            {step === undefined ? (
              <>
                <StepList steps={found.steps} onStep={(id) => change({ step: id })} />
                <Unplanned found={found} />
              </>
            ) : (
              <StepDetail map={map} found={found} step={step} onBack={() => change({ step: null })} />
            )}
            <ExamplesDrawer map={map} steps={found.steps} />
          </Stack>
        );
      }}
    </Asked>
  );
}

function Overall({ found }: { readonly found: MeasuresAnswer }) {
  const words = useWords(evidenceWords);
  const format = useFormat();
  const [params] = useSearchParams();
  if (found.journeys === 0) return <Empty title={words.noJourneys}>{words.noJourneysHint}</Empty>;
  const between =
    found.first !== null && found.last !== null ? words.between(format.day(found.first), format.day(found.last)) : "";
  return (
    <Stack gap={4} aria-live="polite">
      <Group gap="lg">
        <Figure label={words.fit} hint={words.fitHint} value={format.share(found.fit)} />
        <Figure label={words.journeys} hint={words.journeysHint} value={format.count(found.journeys)} />
        <Figure label={words.coverage} hint={words.coverageHint} value={format.share(found.coverage)} />
      </Group>
      <Text size="xs">
        {words.stepsMeasured(found.steps.filter(isMeasured).length, found.steps.length)}
        {found.not_on_map > 0 && ` · ${words.notOnMap(format.count(found.not_on_map))}`}
      </Text>
      <Text size="xs" c="dimmed">
        {words.fit} {format.interval(found.fit_low, found.fit_high)} · {between}
        {params.get("segment") && ` · ${params.get("segment") ?? ""}`}
      </Text>
    </Stack>
  );
}

function isMeasured({ binding }: StepRow): boolean {
  return binding === "bound" || binding === "silent";
}

function Figure({ label, hint, value }: { readonly label: string; readonly hint: string; readonly value: string }) {
  return (
    <Tooltip label={hint} multiline w={240}>
      <Stack gap={0}>
        <Text size="xs" c="dimmed">
          {label}
        </Text>
        <Text fw={600} className="numbers">
          {value}
        </Text>
      </Stack>
    </Tooltip>
  );
}
