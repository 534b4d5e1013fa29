import type { Format } from "../../base/format";
import { withChannels } from "../channels";
import { type QuestionName, selectionOf } from "../questions";
import type { JourneysWords } from "../words.en";

/** Which journeys are shown, in words. */
export function describeNumber(number: string, words: JourneysWords, format: Format): string {
  const [kind = "", query = ""] = number.split("?");
  const said = new URLSearchParams(query);
  const one = (name: string) => said.get(name) ?? "";
  const { what } = words.behind;
  const along = said.getAll("path").join(" → ");
  switch (kind) {
    case "touchpoint":
      return what.touchpoint(one("name"));
    case "move":
      return what.move(one("source"), one("target"));
    case "start":
      return what.start(one("name"));
    case "end":
      return what.end(one("name"));
    case "variant":
      return what.variant(along);
    case "common":
      return what.common(along);
    case "funnel":
      return said.has("stopped") ? what.stopped(stepOf(said)) : what.reached(stepOf(said));
    case "paths":
      return said.has("following")
        ? what.pathsMove(one("name"), one("following"))
        : what.paths(one("step").replace("-", ""), one("name"));
    case "cluster":
      return what.cluster(one("cluster"));
    case "every":
      return lengthText(said, what);
    case "outcome":
      return what.outcome(words.values[one("outcome") as keyof typeof words.values] ?? one("outcome"));
    case "again":
      if (said.has("via")) return what.loop(one("name"), one("via"));
      return said.get("later") === "true" ? what.later(one("name")) : what.again(one("name"));
    case "shape":
      return what.shape(words.figures[one("shape") as "linear"]);
    case "contacts":
      return among(what.contacts[one("that") as "all"], one("value"));
    case "needs":
      return among(what.needs[one("that") as "all"], said.has("path") ? along : one("begins"));
    case "effort":
      return said.has("component")
        ? what.effortOf(words.values[one("component") as keyof typeof words.values] ?? one("component"))
        : what.effort;
    case "handover":
      return said.has("source") ? what.handover(one("source"), one("target")) : what.handovers;
    case "answers":
      return said.has("score") ? what.score(one("score")) : among(what.answers, one("value"));
    case "cohort":
      return cohortText(said, what, format);
    case "event":
      return among(what.event[one("that") as "started"], said.has("time") ? `${one("time")}` : "");
    case "switch":
      return said.has("source") ? what.switch(one("source"), one("target")) : what.switches;
    case "skipped":
      return said.has("missing") ? what.skipped(one("reached"), one("missing")) : what.reachedStage(one("reached"));
    case "meeting":
      return what.meeting(one("condition"));
    default:
      return "";
  }
}

/** What journeys are, and of which group. */
function among(text: string, group: string): string {
  return group === "" ? text : `${text}: ${group}`;
}

/** Journeys of a length, in whole interactions or in seconds. */
function lengthText(said: URLSearchParams, what: JourneysWords["behind"]["what"]): string {
  const [low, high] = [said.get("low") ?? "0", said.get("high")];
  if (!said.has("low") && high === null) return what.every;
  if (said.get("measure") === "seconds") return what.seconds(low, high ?? "");
  return what.interactions(low, high === null ? "" : String(Number(high) - 1));
}

/** Customers of a cohort, or of all. */
function cohortText(said: URLSearchParams, what: JourneysWords["behind"]["what"], format: Format): string {
  const that = said.get("that") ?? "started";
  const text = that === "returned" ? what.returned(said.get("since") ?? "0") : what.cohort[that as "started"];
  const start = said.get("cohort");
  return among(text, start === null ? "" : dayText(start, format));
}

/** The day with which a cohort begins: `2026-01-05`, or a moment of it. */
function dayText(start: string, format: Format): string {
  const noon = `${start.slice(0, 10)}T12:00:00Z`;
  return Number.isNaN(Date.parse(noon)) ? start : format.day(noon);
}

/** A step of a funnel: its number and name. */
function stepOf(said: URLSearchParams): string {
  const step = said.get("step") ?? "1";
  const name = said.getAll("steps")[Number(step) - 1];
  return name === undefined ? step : `${step}, ${name}`;
}

/** The address of the journeys: the number, and what chooses customers on the page. */
export function behindQuery(number: string, params: URLSearchParams, question: QuestionName): string {
  const [kind = "", query = ""] = number.split("?");
  const said = new URLSearchParams(query);
  const chosen = withChannels(question, params);
  for (const name of selectionOf(question)) {
    const value = chosen.get(name);
    if (name !== "channels" && value !== null && value !== "" && !said.has(name)) said.set(name, value);
  }
  said.sort();
  return `${kind}?${said.toString()}`;
}
