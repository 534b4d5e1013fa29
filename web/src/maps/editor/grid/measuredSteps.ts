import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { answer, api } from "../../../base/api/client";
import type { MeasuredNumber, MeasuresAnswer, StepRow } from "../../../base/api/schema.gen";

/** What was measured along a map, by step. */
export interface MeasuredSteps {
  readonly journeys: number;
  readonly steps: ReadonlyMap<string, StepRow>;
  readonly emotions: ReadonlyMap<string, MeasuredNumber>;
}

/** Ask what was measured along the newest version of a map. */
export function useMeasured(map: string, isWanted: boolean): UseQueryResult<MeasuredSteps> {
  return useQuery({
    queryKey: ["maps", "editor", "measured", map],
    enabled: isWanted,
    queryFn: async ({ signal }) =>
      read(await answer(api.GET("/api/evidence/maps/{ident}/check", { params: { path: { ident: map } }, signal }))),
  });
}

function read(found: MeasuresAnswer): MeasuredSteps {
  return {
    journeys: found.journeys,
    steps: new Map(found.steps.map((each) => [each.id, each])),
    emotions: new Map(found.lanes.flatMap(({ step, emotion }) => (emotion === null ? [] : [[step, emotion] as const]))),
  };
}
