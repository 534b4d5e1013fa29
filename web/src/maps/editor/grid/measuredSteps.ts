import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { answer, api } from "../../../base/api/client";
import type { MeasuredNumber, MeasuresAnswer, StepRow } from "../../../base/api/schema.gen";
import type { Store } from "../model/Store";
import { useRead, useStanding } from "../reading";

/** What was measured along a map, by step. */
export interface MeasuredSteps {
  readonly journeys: number;
  readonly steps: ReadonlyMap<string, StepRow>;
  readonly emotions: ReadonlyMap<string, MeasuredNumber>;
}

/** The measured layer: what was asked, and what of it is shown. */
export interface Measuring {
  readonly query: UseQueryResult<MeasuredSteps>;
  /** Whether any step is bound: without one there is nothing to ask. */
  readonly isBound: boolean;
}

/** How long after a change of a binding, until it is measured. */
const PAUSE = 400;

/** Ask what was measured along a map as it is written now; again where its bindings or ways change and the server has that. */
export function useMeasured(map: string, isWanted: boolean): Measuring {
  const bound = useRead(boundText);
  const [settled] = useDebouncedValue(bound, PAUSE);
  const { unkept } = useStanding();
  const isBound = bound !== undefined;
  const query = useQuery({
    queryKey: ["maps", "editor", "measured", map, settled],
    enabled: isWanted && isBound && settled === bound && unkept === 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) =>
      read(
        await answer(
          api.GET("/api/evidence/maps/{ident}/check", {
            params: { path: { ident: map }, query: { written: true } },
            signal,
          }),
        ),
      ),
  });
  return { query, isBound };
}

/** What of a map its numbers depend on; undefined: no step is bound. */
export function boundText(store: Store): string | undefined {
  const steps = store.steps().map((id) => {
    const { binding, next, optional, metrics } = store.fields("steps", id);
    return [id, binding ?? null, next ?? null, optional ?? null, metrics ?? null] as const;
  });
  return steps.some(([, binding]) => binding !== null)
    ? JSON.stringify([store.root.journey ?? null, steps])
    : undefined;
}

function read(found: MeasuresAnswer): MeasuredSteps {
  return {
    journeys: found.journeys,
    steps: new Map(found.steps.map((each) => [each.id, each])),
    emotions: new Map(found.lanes.flatMap(({ step, emotion }) => (emotion === null ? [] : [[step, emotion] as const]))),
  };
}
