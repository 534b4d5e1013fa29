import { comparisonOf, type Explore } from "./explore";
import { comparedBy, OPENED_WITH, type QuestionName, selectionOf } from "./questions";

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

export type FileEnding = "csv" | "svg" | "png" | "pdf";

/**
 * Where what the page shows can be downloaded: pictures as they are seen, tables with all of their rows, of which the page shows the
 * first.
 */
export function fileOf(explore: Pick<Explore, "question" | "params" | "query">, ending: FileEnding): string {
  const { question, params } = explore;
  const compared = comparisonOf(question, params);
  if (compared !== undefined)
    return addressOfFile(`comparisons/${String(comparedBy(question, params))}`, compared, ending);
  const query = new URLSearchParams(explore.query);
  if (ending === "csv") query.delete("top");
  const detail = Math.round(Number(params.get("detail") ?? Number.NaN));
  if (question === "flow" && ending !== "csv" && !Number.isNaN(detail))
    query.set("detail", String(Math.max(detail, 1)));
  return addressOfFile(`questions/${question}`, query.toString(), ending);
}

function addressOfFile(path: string, query: string, ending: FileEnding): string {
  return `/api/journeys/${path}.${ending}${query === "" ? "" : `?${query}`}`;
}
