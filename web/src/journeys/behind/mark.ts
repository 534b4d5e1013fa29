import type { Explore } from "../explore";
import { funnelAsked } from "../tables/stopping";
import { sessionsCut } from "../tables/time";
import { askedOf, completed } from "./number";

/** The journeys behind a mark of the chart of an answer: the number that the server says of it, asked as the question is. */
export function markOf(number: string, { question, params }: Pick<Explore, "question" | "params">): string {
  if (question === "sessions") return `${number}&${new URLSearchParams(sessionsCut(params)).toString()}`;
  return completed(number, question === "funnel" ? funnelAsked(params) : askedOf(question, params));
}
