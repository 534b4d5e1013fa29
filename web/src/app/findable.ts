import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../base/api/client";
import { useWords } from "../base/words";
import { useNames, useSaved } from "../journeys/asking";
import { outcomesOf } from "../journeys/definitions/addresses";
import { journeysWords } from "../journeys/journeysWords";
import { isQuestion, QUESTIONS } from "../journeys/questions";
import { usePersonas } from "../maps/asking";
import { appWords } from "./appWords";

/** Something with a name, and where it is shown. */
export interface Findable {
  readonly id: string;
  readonly label: string;
  readonly told?: string | undefined;
  readonly to: string;
}

/** What of a kind can be found. */
export interface FindableKind {
  readonly title: string;
  readonly things: readonly Findable[];
}

/** What the workspace has, by kind; what has not come yet is not there. */
export function useFindable(): readonly FindableKind[] {
  const words = useWords(appWords);
  const { questions } = useWords(journeysWords);
  const names = useNames().data;
  const maps =
    useQuery({
      queryKey: ["maps", "steps"],
      queryFn: ({ signal }) => answer(api.GET("/api/maps/steps", { signal })),
    }).data ?? [];
  const saved = useSaved().data ?? [];
  const personas = usePersonas().data?.documents ?? [];
  return [
    {
      title: words.maps,
      things: maps.map(({ id, title }) => ({ id: `map-${id}`, label: title, to: `/maps/${id}` })),
    },
    {
      title: words.steps,
      things: maps.flatMap(({ id, title, steps }) =>
        steps.map((step) => ({
          id: `step-${id}/${step.id}`,
          label: step.name,
          told: title,
          to: `/maps/${id}?${new URLSearchParams({ panel: "steps", step: step.id }).toString()}`,
        })),
      ),
    },
    {
      title: words.personas,
      things: personas.map(({ id, name }) => ({ id: `persona-${id}`, label: name, to: `/personas/${id}` })),
    },
    {
      title: words.touchpoints,
      things: (names?.touchpoints ?? []).map(({ name, stage }) => ({
        id: `touchpoint-${name}`,
        label: name,
        told: stage ?? undefined,
        to: `/explore/paths?${new URLSearchParams({ touchpoint: name }).toString()}`,
      })),
    },
    {
      title: words.journeys,
      things: (names?.journeys ?? []).map(({ id, name }) => ({ id: `journey-${id}`, label: name, to: outcomesOf(id) })),
    },
    {
      title: words.questions,
      things: QUESTIONS.map((name) => ({
        id: `question-${name}`,
        label: questions[name].name,
        told: questions[name].answers,
        to: `/explore/${name}`,
      })),
    },
    {
      title: words.saved,
      things: saved.flatMap(({ saved: number, name, question, parameters }) =>
        isQuestion(question)
          ? [
              {
                id: `saved-${String(number)}`,
                label: name,
                told: questions[question].name,
                to: `/explore/${question}?${parameters}`,
              },
            ]
          : [],
      ),
    },
  ];
}
