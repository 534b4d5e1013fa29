import type { Format } from "../../base/format";
import type { JourneysWords } from "../words.en";
import { among } from "./wording";

type What = JourneysWords["behind"]["what"];

/** Journeys with a service contact: what is true of it, or how it was transferred; and of which group. */
export function contactsText(said: URLSearchParams, what: What): string {
  if (said.has("path")) return what.transferredAlong(said.getAll("path").join(" → "));
  return ofGroup(what.contacts[(said.get("that") ?? "all") as "all"], said, what);
}

/** Journeys with a need: what is true of it, the channels it went through, or the one in which it began. */
export function needsText(said: URLSearchParams, what: What): string {
  const text = what.needs[(said.get("that") ?? "all") as "all"];
  const along = said.has("path") ? said.getAll("path").join(" → ") : (said.get("begins") ?? "");
  return among(text, [along, costText(said, what)].filter((each) => each !== "").join(", "));
}

/** Journeys with a contact of a need, or with one that goes on in another channel. */
export function needContactsText(said: URLSearchParams, what: What): string {
  const [channel, after] = [said.get("channel"), said.get("after")];
  if (after !== null) return channel === null ? what.needLeft(after) : what.needPush(after, channel);
  return among(what.needContact(channel ?? ""), costText(said, what));
}

function costText(said: URLSearchParams, what: What): string {
  const priced = said.get("priced");
  if (priced === null) return "";
  return priced === "true" ? what.costKnown : what.costUnknown;
}

/** Journeys with effort: with a component, or of whose contacts it is known. */
export function effortText(said: URLSearchParams, words: JourneysWords): string {
  const { what } = words.behind;
  const component = said.get("component");
  const named = words.values[component as keyof typeof words.values] ?? component ?? "";
  const known = said.get("known") as "contacts" | null;
  if (known !== null) {
    const text = component === null ? what.effortComplete[known] : what.effortKnown[known](named);
    return ofGroup(text, said, what);
  }
  return ofGroup(component === null ? what.effort : what.effortOf(named), said, what);
}

/** Journeys with an answer to a survey: with this score, or about this group. */
export function answersText(said: URLSearchParams, what: What): string {
  const score = said.get("score");
  return score === null ? ofGroup(what.answers, said, what) : what.score(score);
}

/** Journeys of customers whom a survey asks about a channel. */
export function answeringText(said: URLSearchParams, what: What): string {
  const channel = said.get("channel") ?? "";
  return said.get("answered") === "true" ? what.answered(channel) : what.asked(channel);
}

/** Journeys in which a feeling about a step is told. */
export function feelingText(said: URLSearchParams, words: JourneysWords): string {
  const line = said.get("line") ?? "";
  return words.behind.what.feeling(words.values[line as keyof typeof words.values] ?? line, said.get("step") ?? "");
}

/** Journeys with something that goes with an outcome, or without it. */
export function driverText(said: URLSearchParams, { driver }: What, format: Format): string {
  const kind = said.get("feature");
  const side = (said.get("side") ?? "with") as "with" | "without" | "either";
  const text = kind === null ? driver.all : driver[side](featureText(kind, said.getAll("of"), driver, format));
  return said.get("with_outcome") === "true" ? `${text} ${driver.outcome}` : text;
}

function featureText(kind: string, of: readonly string[], driver: What["driver"], format: Format): string {
  const [first = "", second = ""] = of;
  switch (kind) {
    case "repeat":
      return driver.again(first);
    case "move":
      return `${first} → ${second}`;
    case "wait":
      return driver.wait(format.duration(Number(first)));
    case "attribute":
      return `${first.replace("attributes.", "")} = ${second}`;
    default:
      return first;
  }
}

/** Journeys with a way to a conversion, as attribution cuts them. */
export function creditText(said: URLSearchParams, words: JourneysWords, models: Models): string {
  const { credit } = words.behind.what;
  const [name, model] = [said.get("name"), said.get("model") as keyof Models | null];
  const converts = said.get("converting") === "true";
  if (name === null) return converts ? credit.converting : credit.all;
  if (model === "first" || model === "last") return credit[model](name);
  if (model !== null) return credit.model(name, models[model]);
  return converts ? credit.passingTo(name) : credit.passing(name);
}

type Models = Readonly<Record<"first" | "last" | "linear" | "time_decay" | "position" | "markov" | "shapley", string>>;

/** With the name of the group; that of what belongs to none. */
function ofGroup(text: string, said: URLSearchParams, what: What): string {
  const value = said.get("value");
  return value === null ? text : among(text, value === "" ? what.unknownGroup : value);
}
