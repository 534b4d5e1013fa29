import type { Format } from "../../base/format";
import type { JourneysWords } from "../words.en";

type What = JourneysWords["behind"]["what"];

/** What journeys are, and of which group. */
export function among(text: string, group: string): string {
  return group === "" ? text : `${text}: ${group}`;
}

/** Journeys with a move: from one to another, or any. */
export function moveText(said: URLSearchParams, what: What): string {
  const [source, target] = [said.get("source"), said.get("target")];
  return source === null || target === null ? what.anyMove : what.move(source, target);
}

/** Journeys that go a path, one of the first ones of the list, or none. */
export function commonText(said: URLSearchParams, what: What): string {
  const first = said.get("first");
  if (first !== null) return what.commonFirst(first);
  return said.has("path") ? what.common(said.getAll("path").join(" → ")) : what.commonNone;
}

/** Journeys of paths: where they are, where they go on to, whether they end. */
export function pathsText(said: URLSearchParams, what: What): string {
  const step = (said.get("step") ?? "0").replace("-", "");
  const here = said.get("others") === "true" ? what.others : (said.get("name") ?? "");
  if (said.get("ended") === "true") return what.pathsEnd(step, here);
  const following = said.get("following_others") === "true" ? what.others : said.get("following");
  return following === null ? what.paths(step, here) : what.pathsMove(here, following);
}

/** Customers of a funnel: those who reach a step, or stop there, and of which group. */
export function funnelText(said: URLSearchParams, what: What): string {
  const text = said.get("stopped") === "true" ? stoppedText(said, what) : what.reached(stepOf(said));
  const value = said.get("value") ?? "";
  const group = said.get("group");
  if (group === "unknown") return among(text, what.unknownGroup);
  return among(text, group === "rest" ? what.restOf(value) : value);
}

function stoppedText(said: URLSearchParams, what: What): string {
  const following = said.get("following");
  if (following !== null) return what.stoppedThen(stepOf(said), following);
  return said.get("ended") === "true" ? what.stoppedEnd(stepOf(said)) : what.stopped(stepOf(said));
}

/** A step of a funnel: its number and name. */
function stepOf(said: URLSearchParams): string {
  const step = said.get("step") ?? "1";
  const name = said.getAll("steps")[Number(step) - 1];
  return name === undefined ? step : `${step}, ${name}`;
}

/** Journeys with a handover, and of which kind. */
export function handoverText(said: URLSearchParams, what: What): string {
  const [source, target] = [said.get("source"), said.get("target")];
  const text = source === null || target === null ? what.handovers : what.handover(source, target);
  return among(text, what.handoverThat[(said.get("that") ?? "") as "told"] ?? "");
}

/** Journeys with a switch of the channel: silent, or however soon. */
export function switchText(said: URLSearchParams, what: What): string {
  const [source, target] = [said.get("source"), said.get("target")];
  const isSilent = said.get("silent") !== "false";
  if (source !== null && target !== null) return what.switch(source, target);
  if (source !== null) return isSilent ? what.switchesFrom(source) : what.movesFrom(source);
  return isSilent ? what.switches : what.moves;
}

/** Journeys with what a finding counts, on its days or on all others. */
export function changeText(said: URLSearchParams, what: What, format: Format): string {
  const subject = said.get("subject") ?? "";
  const measure = said.get("measure") ?? "level";
  const [from = "", to = ""] = subject.split(" → ");
  const segment = said.has("value") ? [said.get("value") ?? ""] : [];
  const when = [daysText(said, what, format), ...segment].join(", ");
  const all = said.get("that") !== "counted";
  if (measure === "level") return among(all ? what.changeOf.level : what.change.level(subject), when);
  if (measure === "transition")
    return among(all ? what.changeOf.transition(from) : what.change.transition(from, to), when);
  if (measure === "conversion")
    return among(all ? what.changeOf.conversion(subject) : what.change.conversion(subject), when);
  return among(what.change[measure as "wait"](subject), when);
}

function daysText(said: URLSearchParams, what: What, format: Format): string {
  const first = dayText(said.get("first") ?? "", format);
  const last = said.get("last");
  const isOtherwise = said.get("otherwise") === "true";
  if (last === null) return isOtherwise ? what.changeBefore(first) : what.changeSince(first);
  const days = what.changeDays(first, dayText(last, format));
  return isOtherwise ? what.changeOther(days) : days;
}

/** A day without a clock, `2026-01-05`, or that of a moment. */
export function dayText(start: string, format: Format): string {
  const noon = `${start.slice(0, 10)}T12:00:00Z`;
  return Number.isNaN(Date.parse(noon)) ? start : format.day(noon);
}

const GROUP = ["period", "begun", "segment", "not_segment", "where", "journey"] as const;

/** What chooses the group of a comparison whose journeys are shown; nothing where the page chooses them. */
export function groupText(number: string, words: JourneysWords): string {
  const said = new URLSearchParams(number.slice(number.indexOf("?") + 1));
  if (!said.has("group_of")) return "";
  const told = GROUP.filter((name) => (said.get(name) ?? "") !== "");
  return told.map((name) => words.behind.group[name](said.get(name) ?? "")).join(" · ");
}
