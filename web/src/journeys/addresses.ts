import { OPENED_WITH, type QuestionName, selectionOf } from "./questions";

/** The address of another question: whose journeys and when stays as it is. */
export function addressOf(question: QuestionName, before: URLSearchParams): string {
  const takes = selectionOf(question);
  const kept = new URLSearchParams([...before].filter(([name]) => takes.includes(name)));
  const opened = new URLSearchParams(OPENED_WITH[question] ?? "");
  const isCut = kept.has("span") || kept.has("journey");
  for (const [name, value] of opened) if (!isCut && !kept.has(name)) kept.set(name, value);
  const query = kept.toString();
  return query === "" ? `/explore/${question}` : `/explore/${question}?${query}`;
}

/** Where an answer, or a comparison, can be downloaded. */
export function fileOf(path: string, query: string, ending: "csv" | "svg" | "png"): string {
  return `/api/journeys/${path}.${ending}${query === "" ? "" : `?${query}`}`;
}
