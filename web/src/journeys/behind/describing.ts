import type { Format } from "../../base/format";
import { withChannels } from "../channels";
import { type QuestionName, selectionOf } from "../questions";
import type { JourneysWords } from "../words.en";
import {
  answeringText,
  answersText,
  contactsText,
  creditText,
  driverText,
  effortText,
  feelingText,
  needContactsText,
  needsText,
} from "./serviceWording";
import {
  among,
  changeText,
  commonText,
  dayText,
  funnelText,
  handoverText,
  moveText,
  pathsText,
  switchText,
} from "./wording";

/** Which journeys are shown, in words. */
export function describeNumber(number: string, words: JourneysWords, format: Format): string {
  const [kind = "", query = ""] = number.split("?");
  const said = new URLSearchParams(query);
  const one = (name: string) => said.get(name) ?? "";
  const { what } = words.behind;
  const along = said.getAll("path").join(" → ");
  switch (kind) {
    case "touchpoint":
      return said.has("name") ? what.touchpoint(one("name")) : what.anything;
    case "move":
      return moveText(said, what);
    case "start":
      return what.start(one("name"));
    case "end":
      return what.end(one("name"));
    case "variant":
      return what.variant(along);
    case "common":
      return commonText(said, what);
    case "funnel":
      return funnelText(said, what);
    case "paths":
      return pathsText(said, what);
    case "cluster":
    case "shared_cluster":
      return one("reached") === "true" ? what.clusterReached(one("cluster")) : what.cluster(one("cluster"));
    case "every":
      return lengthText(said, what);
    case "outcome":
      if (one("outcome") === "over") return what.over;
      if (one("outcome") === "in time") return what.inTime;
      if (one("outcome") === "followed") return what.followed;
      return what.outcome(words.values[one("outcome") as keyof typeof words.values] ?? one("outcome"));
    case "again":
      if (said.has("via")) return what.loop(one("name"), one("via"));
      return said.get("later") === "true" ? what.later(one("name")) : what.again(one("name"));
    case "shape":
      if (one("shape") === "any") return what.anyShape;
      return what.shape(words.figures[one("shape") as "linear"]);
    case "contacts":
      return contactsText(said, what);
    case "needs":
      return needsText(said, what);
    case "need_contacts":
      return needContactsText(said, what);
    case "effort":
      return effortText(said, words);
    case "handover":
      return handoverText(said, what);
    case "department":
      return one("untraced") === "true" ? what.untraced : what.department;
    case "change":
      return changeText(said, what, format);
    case "answers":
      return answersText(said, what);
    case "answering":
      return answeringText(said, what);
    case "sent":
      return one("answered") === "true" ? what.sentAnswered : what.sent;
    case "feeling":
      return feelingText(said, words);
    case "driver":
      return driverText(said, what, format);
    case "conversion":
      return what.conversion;
    case "credit":
      return creditText(said, words, words.columns);
    case "cohort":
      return cohortText(said, what, format);
    case "event":
      return among(what.event[one("that") as "started"], timeText(said, format));
    case "switch":
      return switchText(said, what);
    case "skipped":
      return said.has("missing") ? what.skipped(one("reached"), one("missing")) : what.reachedStage(one("reached"));
    case "meeting":
      return what.meeting(one("condition"));
    default:
      return "";
  }
}

/** Journeys of a length, in whole interactions or in seconds. */
function lengthText(said: URLSearchParams, what: JourneysWords["behind"]["what"]): string {
  const [low, high] = [said.get("low") ?? "0", said.get("high")];
  if (!said.has("low") && high === null) return what.every;
  if (said.get("measure") === "seconds") return what.seconds(low, high ?? "");
  return what.interactions(low, high === null ? "" : String(Number(high) - 1));
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { minute: 60, hour: 3_600, day: 86_400 };

/** After how long, in the units that were asked for. */
function timeText(said: URLSearchParams, format: Format): string {
  const time = said.get("time");
  return time === null ? "" : format.duration(Number(time) * (UNIT_SECONDS[said.get("unit") ?? "day"] ?? 0));
}

/** Customers of a cohort, or of all. */
function cohortText(said: URLSearchParams, what: JourneysWords["behind"]["what"], format: Format): string {
  const that = said.get("that") ?? "started";
  const text = that === "returned" ? what.returned(said.get("since") ?? "0") : what.cohort[that as "started"];
  const start = said.get("cohort");
  return among(text, start === null ? "" : dayText(start, format));
}

/** The address of the journeys: the number, and what chooses customers on the page. */
export function behindQuery(number: string, params: URLSearchParams, question: QuestionName): string {
  const [kind = "", query = ""] = number.split("?");
  const said = new URLSearchParams(query);
  said.delete("group_of");
  const chosen = withChannels(question, params);
  for (const name of selectionOf(question)) {
    const value = chosen.get(name);
    if (name !== "channels" && value !== null && value !== "" && !said.has(name)) said.set(name, value);
  }
  said.sort();
  return `${kind}?${said.toString()}`;
}
