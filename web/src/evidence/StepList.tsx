import { Text, UnstyledButton } from "@mantine/core";
import { IconAlertTriangle, IconLinkOff, IconZzz } from "@tabler/icons-react";
import type { StepRow } from "../base/api/schema.gen";
import { useFormat } from "../base/format";
import { useWords } from "../base/words";
import { evidenceWords } from "./evidenceWords";
import classes from "./StepList.module.css";

const SIGNS = { unbound: IconLinkOff, silent: IconZzz, broken: IconAlertTriangle } as const;

/** The steps in their order, each with the share of journeys that reach it. */
export function StepList({
  steps,
  onStep,
}: {
  readonly steps: readonly StepRow[];
  readonly onStep: (id: string) => void;
}) {
  const words = useWords(evidenceWords);
  return (
    <ol className={classes.list} aria-label={words.step}>
      {steps.map((step, place) => (
        <li key={step.id}>
          <UnstyledButton className={classes.row} onClick={() => onStep(step.id)}>
            <Text span size="xs" c="dimmed" className={classes.number}>
              {place + 1}
            </Text>
            <span className={classes.name}>
              {step.name}
              {step.optional && (
                <Text span size="xs" c="dimmed">
                  {" "}
                  {words.optional}
                </Text>
              )}
            </span>
            <Reached step={step} />
          </UnstyledButton>
        </li>
      ))}
    </ol>
  );
}

function Reached({ step }: { readonly step: StepRow }) {
  const words = useWords(evidenceWords);
  const format = useFormat();
  const Sign = SIGNS[step.binding as keyof typeof SIGNS];
  return (
    <span className={classes.reached}>
      {Sign !== undefined && (
        <span
          className={classes.sign}
          title={words.bindings[step.binding]}
          role="img"
          aria-label={words.bindings[step.binding]}
        >
          <Sign size={15} stroke={1.7} />
        </span>
      )}
      {step.reached === null ? (
        <Text span size="sm" c="dimmed">
          –
        </Text>
      ) : (
        <>
          <span className={classes.bar} aria-hidden>
            <span style={{ width: `${String((step.reached_share ?? 0) * 100)}%` }} />
          </span>
          <span className={classes.value}>
            {format.share(step.reached_share)}
            <Text span size="xs" c="dimmed" display="block">
              {format.count(step.reached)}
            </Text>
          </span>
        </>
      )}
    </span>
  );
}
